//! Reads a page as a browser does, but strictly.

use quick_xml::Reader;
use quick_xml::events::Event;

/// A name with its attributes.
pub(crate) type Element = (String, Vec<(String, String)>);

/// Every element with its attributes, and all text; fails on anything that is not closed.
pub(crate) fn elements(page: &str) -> (Vec<Element>, String) {
    let mut reader = Reader::from_str(page);
    let (mut elements, mut words) = (Vec::new(), String::new());
    loop {
        match reader.read_event().expect("the page is well-formed") {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.name().as_ref().to_owned();
                let attributes = tag
                    .attributes()
                    .map(|attribute| {
                        let attribute = attribute.expect("a quoted attribute");
                        (
                            attribute.key.as_ref().to_owned(),
                            attribute.value.clone().into_owned(),
                        )
                    })
                    .collect();
                elements.push((name, attributes));
            }
            Event::Text(text) => words.push_str(&text),
            Event::GeneralRef(entity) => {
                words.push_str(match &*entity {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "#39" => "'",
                    other => panic!("&{other};"),
                });
            }
            Event::Eof => return (elements, words),
            _ => {}
        }
    }
}
