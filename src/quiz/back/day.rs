//! Days in words.

use jiff::civil::Date;

/// When a question comes back: `due today`, `due tomorrow`, `due on 3 December`, `due since 24 November`; `not asked yet`
/// where there is no day.
pub fn due_words(due: Option<Date>, today: Date) -> String {
    let Some(due) = due else {
        return "not asked yet".to_owned();
    };
    if due == today {
        "due today".to_owned()
    } else if due < today {
        format!("due since {}", day(due, today))
    } else if today.tomorrow().is_ok_and(|tomorrow| tomorrow == due) {
        "due tomorrow".to_owned()
    } else {
        format!("due on {}", day(due, today))
    }
}

/// `3 December`; another year is named.
fn day(date: Date, today: Date) -> String {
    let form = if date.year() == today.year() {
        "%-d %B"
    } else {
        "%-d %B %Y"
    };
    date.strftime(form).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn near_days_have_names_and_another_year_is_said() {
        let today = date(2026, 11, 26);
        let words = |due| due_words(Some(due), today);
        assert_eq!(words(today), "due today");
        assert_eq!(words(date(2026, 11, 27)), "due tomorrow");
        assert_eq!(words(date(2026, 12, 3)), "due on 3 December");
        assert_eq!(words(date(2026, 11, 24)), "due since 24 November");
        assert_eq!(words(date(2027, 1, 3)), "due on 3 January 2027");
        assert_eq!(due_words(None, today), "not asked yet");
    }
}
