//! What markdown becomes.

use super::block::{Edge, Inline, Kind, Look};
use super::parse;

fn paragraph(markdown: &str) -> Vec<Inline> {
    match parse(markdown).blocks.remove(0).kind {
        Kind::Paragraph(text) => text,
        other => panic!("{other:?}"),
    }
}

fn inline(text: &str, look: Look) -> Inline {
    Inline {
        text: text.to_owned(),
        look,
    }
}

#[test]
fn a_placeholder_with_underscores_stays_in_one_piece() {
    assert_eq!(
        paragraph("in {{db.subnet_group}} and {{cache.subnet_group}} here"),
        [inline(
            "in {{db.subnet_group}} and {{cache.subnet_group}} here",
            Look::Plain
        )]
    );
}

#[test]
fn a_link_shows_its_address_once() {
    assert_eq!(
        paragraph("see [the prices](https://aws.amazon.com/rds/)"),
        [
            inline("see the prices (", Look::Plain),
            inline("https://aws.amazon.com/rds/", Look::Address),
            inline(")", Look::Plain),
        ]
    );
    assert_eq!(
        paragraph("<https://aws.amazon.com>"),
        [inline("https://aws.amazon.com", Look::Address)]
    );
}

#[test]
fn code_is_kept_letter_for_letter() {
    let document = parse("```sh run domain\naws x \\\n  --y '{\"a\": 1}'\n\n# end\n```\n");
    let code = document.code().next().unwrap();
    assert_eq!(code.language, "sh");
    assert!(code.has("run") && code.has("domain") && !code.has("no-domain"));
    assert_eq!(code.text, "aws x \\\n  --y '{\"a\": 1}'\n\n# end\n");
}

#[test]
fn a_file_block_names_its_file() {
    let document = parse("```json file=task-definition.json\n{}\n```\n");
    let code = document.code().next().unwrap();
    assert_eq!(code.value("file"), Some("task-definition.json"));
}

#[test]
fn only_the_first_block_of_an_item_has_its_marker() {
    let document = parse("1. one\n\n   more\n2. two\n");
    let markers: Vec<_> = document
        .blocks
        .iter()
        .map(|block| match &block.edges[..] {
            [Edge::Item { marker, .. }] => marker.as_deref(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(markers, [Some("1. "), None, Some("2. ")]);
}

#[test]
fn html_stays_visible_text() {
    assert_eq!(
        paragraph("a <b>bold</b> b"),
        [inline("a <b>bold</b> b", Look::Plain)]
    );
}

#[test]
fn a_quote_for_the_other_kind_of_learner_is_left_out_whole() {
    let mut document =
        parse("before\n\n> **Without a domain.** skip\n>\n> ```sh\n> x\n> ```\n\n> stay\n");
    document.keep_quotes(|words| !words.starts_with("Without a domain."));
    assert_eq!(document.blocks.len(), 2);
    assert_eq!(document.blocks[1].words(), "stay");
}

#[test]
fn every_text_can_be_filled_in() {
    let mut document = parse(
        "# {{a}}\n\n{{a}} [x](https://{{a}})\n\n| {{a}} |\n|---|\n| `{{a}}` |\n\n```sh\n{{a}}\n```\n",
    );
    document.map_text(|text| text.replace("{{a}}", "b"));
    assert!(!format!("{document:?}").contains("{{a}}"));
}
