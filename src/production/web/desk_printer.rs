//! Which printer a desk prints on: one of its own house. A browser remembers in which house it stands: that of the printer that was
//! chosen there last.

use crate::app::App;
use crate::kernel::slug::Slug;
use crate::production::printer::Printer;
use crate::web::pages::cookies;
use axum::http::HeaderMap;
use axum::response::Response;

/// The cookie with the house of the desk.
const COOKIE: &str = "counter_house";
/// How long it is kept, in seconds: a year.
const KEPT_SECS: i64 = 365 * 24 * 60 * 60;

/// The house in which this browser's desk stands, if it printed before.
pub(super) fn house_of(headers: &HeaderMap) -> Option<Slug> {
    cookies::find(headers, COOKIE)?.parse().ok()
}

/// The answer that has the browser remember its house.
pub(super) fn remember(app: &App, house: &Slug, response: Response) -> Response {
    cookies::set(response, &cookies::to_keep(app, COOKIE, house.to_string(), KEPT_SECS))
}

/// The printer on which a desk prints without a question: the only one of its house, or the only one of all as long as nobody knows
/// the house.
pub(super) fn obvious<'p>(printers: &'p [Printer], house: Option<&Slug>) -> Option<&'p Printer> {
    let mut own = printers.iter().filter(|printer| house.is_none_or(|house| printer.house == *house));
    own.next().filter(|_| own.next().is_none())
}

/// The printers as a desk sees them: those of its house first.
pub(super) fn ordered(mut printers: Vec<Printer>, house: Option<&Slug>) -> Vec<Printer> {
    printers.sort_by_key(|printer| Some(&printer.house) != house);
    printers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::production::printer::{Setting, Trust};

    fn printer(key: &str, house: &str) -> Printer {
        Printer {
            key: key.parse().unwrap(),
            name: key.to_owned(),
            house: house.parse().unwrap(),
            uri: "ipp://printer.local/ipp/print".to_owned(),
            trust: Trust::Device,
            setting: Setting::default(),
            in_use: true,
        }
    }

    #[test]
    fn a_desk_prints_in_its_own_house() {
        let schloss: Slug = "schloss".parse().unwrap();
        let key = |printer: Option<&Printer>| printer.map(|printer| printer.key.to_string());
        let both = [printer("a", "stadtmuseum"), printer("b", "schloss")];
        assert_eq!(key(obvious(&both, Some(&schloss))).as_deref(), Some("b"));
        assert_eq!(obvious(&both, None), None, "which house is a question");
        assert_eq!(key(obvious(&both[..1], None)).as_deref(), Some("a"));
        assert_eq!(obvious(&both[..1], Some(&schloss)), None, "that one stands in another house");
        let three = [printer("a", "stadtmuseum"), printer("b", "schloss"), printer("c", "schloss")];
        assert_eq!(obvious(&three, Some(&schloss)), None);
        let keys: Vec<_> =
            ordered(three.to_vec(), Some(&schloss)).iter().map(|printer| printer.key.to_string()).collect();
        assert_eq!(keys, ["b", "c", "a"]);
    }
}
