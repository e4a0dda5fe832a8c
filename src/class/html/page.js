// Sorts, filters and opens what is in the page already. No text is made into markup here: rows and sections are moved,
// words are set as text.
"use strict";
document.documentElement.classList.add("js");
document.addEventListener("DOMContentLoaded", () => {
  const at = (id) => document.getElementById(id);
  const table = at("students");
  const body = table.tBodies[0];
  const firstStep = table.tHead.rows[0].querySelectorAll("th[rowspan]").length;
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const rows = [...body.rows].map((row, place) => ({
    row,
    place,
    key: row.querySelector("a").hash,
    text: folded(row.cells[0].textContent + " " + row.dataset.find),
  }));
  let order = rows;

  // Everything that only works with this script is switched off without it.
  for (const button of document.querySelectorAll("button[disabled]")) button.disabled = false;

  // ---- Filters -------------------------------------------------------------------------------------------------------
  const field = (id) => at(id) || { value: "" };
  const fields = ["find", "by-standing", "by-section", "by-stuck", "by-step", "by-verdict", "by-time"].map(at).filter(Boolean);
  const shortcuts = [...document.querySelectorAll("button[data-by]")];

  function matches(entry) {
    const { row } = entry;
    for (const what of ["standing", "section", "stuck", "time"]) {
      const wanted = field("by-" + what).value;
      if (wanted !== "" && row.dataset[what] !== wanted) return false;
    }
    const verdicts = field("by-verdict").value.split(" ");
    const steps = field("by-step").value;
    if (verdicts[0] !== "" || steps !== "") {
      const cells = steps === "" ? [...row.cells].slice(firstStep) : steps.split(" ").map((step) => row.cells[firstStep + Number(step)]);
      const fits = (cell) => cell && cell.dataset.verdict !== undefined && (verdicts[0] === "" || verdicts.includes(cell.dataset.verdict));
      if (!cells.some(fits)) return false;
    }
    return words.every((word) => entry.text.includes(word));
  }

  let words = [];
  function filter() {
    words = folded(field("find").value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const entry of rows) {
      const fits = matches(entry);
      entry.row.hidden = !fits;
      if (fits) shown += 1;
    }
    const all = rows.length;
    const said = shown === all ? `${all} ${all === 1 ? "student" : "students"} shown.` : `${shown} of ${all} ${all === 1 ? "student" : "students"} shown.`;
    if (at("shown").textContent !== said) at("shown").textContent = said;
    for (const button of shortcuts) button.setAttribute("aria-pressed", String(isOn(button)));
  }

  // What a press on a number narrows the table to.
  const wishes = (button) => {
    const wished = [["by-" + button.dataset.by, button.dataset.value]];
    if (button.dataset.verdicts) wished.push(["by-verdict", button.dataset.verdicts]);
    return wished;
  };
  const isOn = (button) => wishes(button).every(([id, value]) => field(id).value === value);
  function choose(id, value) {
    const select = at(id);
    if (!select) return;
    select.value = value;
    if (select.value === value) return;
    // A group of verdicts that the list has not got.
    const option = document.createElement("option");
    option.value = value;
    option.textContent = value;
    select.append(option);
    select.value = value;
  }
  for (const button of shortcuts) {
    button.addEventListener("click", (event) => {
      const on = isOn(button);
      for (const one of fields) one.value = "";
      if (!on) for (const [id, value] of wishes(button)) choose(id, value);
      filter();
      // Somebody at the keyboard stays where the focus is and hears how many are shown.
      if (!on && event.detail > 0) at("matrix").scrollIntoView();
    });
  }
  for (const one of fields) one.addEventListener("input", filter);
  at("all").addEventListener("click", () => {
    for (const one of fields) one.value = "";
    filter();
  });

  // ---- Sorting -------------------------------------------------------------------------------------------------------
  const verdicts = ["failed", "unknown", "pending", "missing", "blocked", "passed", "attested", "skipped"];
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  function keyOf(row, column, kind) {
    const cell = row.cells[column];
    if (kind === "number") return cell.dataset.key === undefined ? null : Number(cell.dataset.key);
    if (kind === "verdict") return cell.dataset.verdict === undefined ? null : verdicts.indexOf(cell.dataset.verdict);
    return cell.textContent.trim() || null;
  }
  const compare = (one, other) => (typeof one === "number" ? one - other : collator.compare(one, other));

  function sort(button) {
    const head = button.closest("th");
    const next = { none: "ascending", ascending: "descending", descending: "none" }[head.getAttribute("aria-sort") || "none"];
    for (const sorted of table.tHead.querySelectorAll("[aria-sort]")) sorted.removeAttribute("aria-sort");
    const name = button.textContent;
    if (next === "none") {
      order = rows;
      at("sorted").textContent = "In the order of the report.";
    } else {
      head.setAttribute("aria-sort", next);
      const turn = next === "ascending" ? 1 : -1;
      const keyed = rows.map((entry) => ({ entry, key: keyOf(entry.row, Number(button.dataset.column), button.dataset.kind) }));
      // What is not there comes last, whichever way it is sorted.
      keyed.sort((one, other) => {
        if (one.key === null || other.key === null) return (one.key === null) - (other.key === null) || one.entry.place - other.entry.place;
        return turn * compare(one.key, other.key) || one.entry.place - other.entry.place;
      });
      order = keyed.map(({ entry }) => entry);
      at("sorted").textContent = `Sorted by ${name}, ${next}.`;
    }
    body.append(...order.map(({ row }) => row));
  }
  for (const button of table.tHead.querySelectorAll("button")) button.addEventListener("click", () => sort(button));

  // ---- One student ---------------------------------------------------------------------------------------------------
  const dialog = at("opened");
  const sheet = at("sheet");
  let open = null; // { section, mark }: the section on the sheet, and what keeps its place.
  let opener = null; // the link that led here
  let stepped = false; // whether one has gone on to another student since
  let pushed = false; // whether the browser's Back leads to the table
  let focusNext = null;

  const wanted = () => (/^#student-[A-Za-z0-9-]+$/.test(location.hash) ? at(location.hash.slice(1)) : null);
  const linkOf = (hash) => {
    const entry = rows.find(({ key }) => key === hash);
    return entry ? entry.row.querySelector("a") : null;
  };
  // The students whom one steps through: those that the table shows, or all of them when this one is not among them.
  function others(hash) {
    const shown = order.filter(({ row }) => !row.hidden);
    return shown.some(({ key }) => key === hash) ? shown : order;
  }
  function putBack() {
    if (!open) return;
    open.mark.replaceWith(open.section);
    open = null;
  }
  function show(section) {
    if (open && open.section === section) return;
    putBack();
    const mark = document.createComment("");
    section.replaceWith(mark);
    sheet.append(section);
    open = { section, mark };
    const name = section.querySelector("h3");
    dialog.setAttribute("aria-labelledby", name.id);
    dialog.removeAttribute("aria-label");
    const all = others("#" + section.id);
    const place = all.findIndex(({ key }) => key === "#" + section.id);
    at("place").textContent = `${place + 1} of ${all.length}`;
    at("previous").disabled = place <= 0;
    at("next").disabled = place === all.length - 1;
    const held = document.activeElement;
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    // Somebody who steps through stays at the button as long as there is a next one.
    if (!dialog.contains(held) || held.disabled) name.focus();
    if (dialog.contains(held) && !held.disabled) at("place").textContent += `: ${name.textContent}`;
  }
  function step(by) {
    if (!open) return;
    const hash = "#" + open.section.id;
    const all = others(hash);
    const next = all[all.findIndex(({ key }) => key === hash) + by];
    if (!next) return;
    stepped = true;
    location.replace(next.key);
  }
  function follow() {
    const section = wanted();
    if (section && section.classList.contains("student")) show(section);
    else if (dialog.open) dialog.close();
    else if (focusNext) focusNext.focus();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || !link.hash.startsWith("#student-")) return;
    if (!dialog.open) {
      opener = link;
      pushed = link.hash !== location.hash;
      stepped = false;
    }
    if (link.hash === location.hash) follow();
  });
  dialog.addEventListener("close", () => {
    const hash = open ? "#" + open.section.id : "";
    putBack();
    focusNext = (stepped || !opener ? linkOf(hash) : opener) || opener;
    opener = null;
    if (focusNext) focusNext.focus();
    if (!location.hash.startsWith("#student-")) return;
    if (pushed) history.back();
    else location.replace("#matrix");
    pushed = false;
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest(".back")) {
      event.preventDefault();
      dialog.close();
    }
  });
  at("close").addEventListener("click", () => dialog.close());
  at("previous").addEventListener("click", () => step(-1));
  at("next").addEventListener("click", () => step(1));
  addEventListener("hashchange", follow);

  filter();
  follow();
});
