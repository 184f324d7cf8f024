//! The words of the letter that a card travels on, in the holder's language.

use super::PrintData;
use super::envelope::Envelope;
use crate::kernel::address::Address;
use card_face::LetterText;
use chrono::NaiveDate;

/// The most lines of an address that a window shows.
const ADDRESS_LINES_MAX: usize = 6;

/// The longest line for several people.
const ADDRESSEE_CHARS_MAX: usize = 48;

/// The names of countries as the post of any country reads them, in capitals.
const COUNTRIES: [(&str, &str); 40] = [
    ("AT", "AUSTRIA"),
    ("AU", "AUSTRALIA"),
    ("BE", "BELGIUM"),
    ("BG", "BULGARIA"),
    ("CA", "CANADA"),
    ("CH", "SWITZERLAND"),
    ("CN", "CHINA"),
    ("CY", "CYPRUS"),
    ("CZ", "CZECHIA"),
    ("DE", "GERMANY"),
    ("DK", "DENMARK"),
    ("EE", "ESTONIA"),
    ("ES", "SPAIN"),
    ("FI", "FINLAND"),
    ("FR", "FRANCE"),
    ("GB", "UNITED KINGDOM"),
    ("GR", "GREECE"),
    ("HR", "CROATIA"),
    ("HU", "HUNGARY"),
    ("IE", "IRELAND"),
    ("IS", "ICELAND"),
    ("IT", "ITALY"),
    ("JP", "JAPAN"),
    ("LI", "LIECHTENSTEIN"),
    ("LT", "LITHUANIA"),
    ("LU", "LUXEMBOURG"),
    ("LV", "LATVIA"),
    ("MT", "MALTA"),
    ("NL", "NETHERLANDS"),
    ("NO", "NORWAY"),
    ("NZ", "NEW ZEALAND"),
    ("PL", "POLAND"),
    ("PT", "PORTUGAL"),
    ("RO", "ROMANIA"),
    ("SE", "SWEDEN"),
    ("SI", "SLOVENIA"),
    ("SK", "SLOVAKIA"),
    ("TR", "TURKEY"),
    ("UA", "UKRAINE"),
    ("US", "UNITED STATES"),
];

/// Who sends the letters of a run.
#[derive(Debug, Clone)]
pub struct Sender {
    /// The museum's name.
    pub name: String,
    /// Where letters come back to, if it is known.
    pub address: Option<Address>,
    /// The country in which letters need no country.
    pub country: String,
}

/// The letter on which the cards of an envelope travel.
pub fn letter(cards: &[PrintData], envelope: &Envelope, sender: &Sender, today: NaiveDate) -> LetterText {
    let language = envelope.first().language.as_str();
    let names: Vec<String> = cards.iter().map(name_of).collect();
    let addressee = addressee(cards);
    let (subject, paragraphs) = match cards {
        [card] => text_of_one(card, language),
        _ => text_of_several(cards, &names, language),
    };
    let mut paragraphs = paragraphs;
    paragraphs.push(sender.name.clone());
    LetterText {
        sender: sender_line(sender),
        address: address_lines(&addressee, &envelope.first().address, &sender.country),
        date: day_in(&today.to_string(), language),
        subject,
        paragraphs,
        code: Some(envelope.code().to_string()),
    }
}

fn text_of_one(card: &PrintData, language: &str) -> (String, Vec<String>) {
    let name = name_of(card);
    let [from, until] = [&card.valid_from, &card.valid_until].map(|day| day_in(day, language));
    let (product, houses) = (&card.product_name, card.houses.join(", "));
    match language {
        "de" => (
            format!("Ihre Karte: {product}"),
            vec![
                format!("Guten Tag {name},"),
                format!(
                    "mit diesem Brief kommt Ihre Karte „{product}“. Sie gilt vom {from} bis zum {until}: {houses}."
                ),
                "Lösen Sie die Karte unten ab und zeigen Sie sie am Eingang vor. Der Brief wird dort nicht gebraucht."
                    .to_owned(),
                "Wir freuen uns auf Ihren Besuch.".to_owned(),
            ],
        ),
        "fr" => (
            format!("Votre carte : {product}"),
            vec![
                format!("Bonjour {name},"),
                format!("Voici votre carte « {product} ». Elle est valable du {from} au {until} : {houses}."),
                "Détachez la carte ci-dessous et présentez-la à l’entrée. Cette lettre n’y est pas nécessaire."
                    .to_owned(),
                "Nous nous réjouissons de votre visite.".to_owned(),
            ],
        ),
        _ => (
            format!("Your card: {product}"),
            vec![
                format!("Dear {name},"),
                format!("This letter brings your card “{product}”. It is valid from {from} until {until}: {houses}."),
                "Take the card off below and show it at the entrance. You do not need this letter there.".to_owned(),
                "We look forward to your visit.".to_owned(),
            ],
        ),
    }
}

fn text_of_several(cards: &[PrintData], names: &[String], language: &str) -> (String, Vec<String>) {
    let count = cards.len();
    let line = |(card, name): (&PrintData, &String)| {
        format!("{name} · {} · {}", card.product_name, day_in(&card.valid_until, language))
    };
    let list = cards.iter().zip(names).map(line).collect::<Vec<_>>().join("\n");
    match language {
        "de" => (
            format!("Ihre {count} Karten"),
            vec![
                "Guten Tag,".to_owned(),
                format!("mit diesem Brief kommen {count} Karten. Dahinter steht, bis wann jede gilt:"),
                list,
                "Jede Karte gehört der Person, deren Name darauf steht. Zeigen Sie sie am Eingang vor; der Brief wird \
                 dort nicht gebraucht."
                    .to_owned(),
                "Wir freuen uns auf Ihren Besuch.".to_owned(),
            ],
        ),
        "fr" => (
            format!("Vos {count} cartes"),
            vec![
                "Bonjour,".to_owned(),
                format!("Voici {count} cartes. Le jour indiqué est le dernier où chacune est valable :"),
                list,
                "Chaque carte appartient à la personne dont elle porte le nom. Présentez-la à l’entrée ; cette lettre \
                 n’y est pas nécessaire."
                    .to_owned(),
                "Nous nous réjouissons de votre visite.".to_owned(),
            ],
        ),
        _ => (
            format!("Your {count} cards"),
            vec![
                "Good day,".to_owned(),
                format!("This letter brings {count} cards. The day behind each is the last on which it is valid:"),
                list,
                "Each card belongs to the person whose name it bears. Show it at the entrance; you do not need this \
                 letter there."
                    .to_owned(),
                "We look forward to your visit.".to_owned(),
            ],
        ),
    }
}

fn name_of(card: &PrintData) -> String {
    let names = [card.given_name.as_deref(), card.family_name.as_deref()];
    names.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Whom an envelope is for, in one line of its window: all of a family, or the first where that is too long.
fn addressee(cards: &[PrintData]) -> String {
    let Some(first) = cards.first() else { return String::new() };
    let is_family = first.family_name.is_some() && cards.iter().all(|card| card.family_name == first.family_name);
    let all = if is_family {
        let given: Vec<&str> = cards.iter().filter_map(|card| card.given_name.as_deref()).collect();
        let family = first.family_name.as_deref().unwrap_or_default();
        format!("{} {family}", given.join(", ")).trim().to_owned()
    } else {
        cards.iter().map(name_of).collect::<Vec<_>>().join(", ")
    };
    if all.chars().count() <= ADDRESSEE_CHARS_MAX { all } else { name_of(first) }
}

/// Name and address as the post wants them: the postal code where the country puts it, abroad the town and the country in capitals,
/// inland no country.
fn address_lines(name: &str, address: &Address, inland: &str) -> Vec<String> {
    let abroad = address.country != inland;
    let mut last = address.town_lines();
    if abroad {
        last = last.iter().map(|line| line.to_uppercase()).collect();
        let known = COUNTRIES.iter().find(|(code, _)| *code == address.country);
        last.push(known.map_or(address.country.as_str(), |(_, name)| name).to_owned());
    }
    let mut lines = vec![name.to_owned()];
    lines.extend(address.lines.iter().cloned());
    while lines.len() + last.len() > ADDRESS_LINES_MAX {
        let (Some(end), Some(before)) = (lines.pop(), lines.pop()) else { break };
        lines.push(format!("{before}, {end}"));
    }
    lines.extend(last);
    lines
}

fn sender_line(sender: &Sender) -> String {
    let Some(address) = &sender.address else { return sender.name.clone() };
    let mut parts = vec![sender.name.clone()];
    parts.extend(address.lines.iter().cloned());
    parts.extend(address.town_lines());
    parts.join(" · ")
}

/// A day in the way of a language; what is no day stays as it is.
fn day_in(day: &str, language: &str) -> String {
    let Ok(date) = day.parse::<NaiveDate>() else { return day.to_owned() };
    let format = match language {
        "de" => "%d.%m.%Y",
        "fr" => "%d/%m/%Y",
        _ => "%-d %B %Y",
    };
    date.format(format).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::production::envelope::{Posted, envelopes};
    use crate::production::print_data::example;

    fn address(lines: &[&str], country: &str) -> Address {
        Address {
            lines: lines.iter().map(ToString::to_string).collect(),
            postal_code: "14467".to_owned(),
            city: "Potsdam".to_owned(),
            country: country.to_owned(),
        }
    }

    #[test]
    fn an_address_names_its_country_abroad_only() {
        for (lines, country, expected) in [
            (&["Am Markt 1"][..], "DE", &["Ada", "Am Markt 1", "14467 Potsdam"][..]),
            (&["Am Markt 1"], "PL", &["Ada", "Am Markt 1", "14467 POTSDAM", "POLAND"]),
            (&["Am Markt 1"], "ZZ", &["Ada", "Am Markt 1", "14467 POTSDAM", "ZZ"]),
            (&["a", "b", "c", "d"], "DE", &["Ada", "a", "b", "c", "d", "14467 Potsdam"]),
            (&["a", "b", "c", "d"], "PL", &["Ada", "a", "b", "c, d", "14467 POTSDAM", "POLAND"]),
            (&["Am Markt 1"], "US", &["Ada", "Am Markt 1", "POTSDAM 14467", "UNITED STATES"]),
            (&["a", "b", "c", "d"], "GB", &["Ada", "a", "b, c, d", "POTSDAM", "14467", "UNITED KINGDOM"]),
        ] {
            assert_eq!(address_lines("Ada", &address(lines, country), "DE"), expected, "{lines:?} {country}");
        }
    }

    #[test]
    fn every_country_on_offer_has_a_name_for_the_post() {
        for country in crate::kernel::country::OFFERED {
            assert!(COUNTRIES.iter().any(|(code, _)| *code == country), "{country}");
        }
    }

    fn envelope(cards: &[PrintData], language: &str) -> Envelope {
        let order =
            crate::kernel::ids::Id::new(crate::kernel::UtcMs(1), &crate::kernel::random::ChaChaRandom::seeded(2));
        let posted = |card: &PrintData| Posted {
            card: card.card,
            number: card.number.clone(),
            order,
            address: address(&["Am Markt 1"], "DE"),
            language: language.to_owned(),
            print_data: Vec::new(),
        };
        envelopes(cards.iter().map(posted).collect()).remove(0)
    }

    #[test]
    fn a_family_gets_one_letter_that_lists_its_cards() {
        let sender = Sender { name: "Museen".to_owned(), address: None, country: "DE".to_owned() };
        let member = |given: &str, family: &str| PrintData {
            given_name: Some(given.to_owned()),
            family_name: Some(family.to_owned()),
            ..example()
        };
        let family = [member("Ada", "Byron"), member("Annabella", "Byron")];
        let today = NaiveDate::from_ymd_opt(2026, 7, 4).unwrap();
        let letter = letter(&family, &envelope(&family, "en"), &sender, today);
        assert_eq!((letter.subject.as_str(), letter.address[0].as_str()), ("Your 2 cards", "Ada, Annabella Byron"));
        let list = "Ada Byron · Jahreskarte · 20 November 2027\nAnnabella Byron · Jahreskarte · 20 November 2027";
        assert_eq!(letter.paragraphs[2], list);
        assert_eq!(letter.code.map(|code| code.len()), Some(20));
        assert_eq!(addressee(&[member("Ada", "Byron"), member("Charles", "Babbage")]), "Ada Byron, Charles Babbage");
        assert_eq!(addressee(&[member("Ada", "Byron"), member(&"x".repeat(60), "Byron")]), "Ada Byron");
    }

    #[test]
    fn a_letter_speaks_the_holders_language() {
        let sender = Sender {
            name: "Museen".to_owned(),
            address: Some(address(&["Am Markt 1"], "DE")),
            country: "DE".to_owned(),
        };
        let today = NaiveDate::from_ymd_opt(2026, 7, 4).unwrap();
        for (language, date, greeting, until) in [
            ("de", "04.07.2026", "Guten Tag Ada,", "20.11.2027"),
            ("en", "4 July 2026", "Dear Ada,", "20 November 2027"),
            ("fr", "04/07/2026", "Bonjour Ada,", "20/11/2027"),
        ] {
            let envelope = envelope(&[example()], language);
            let letter = letter(&[example()], &envelope, &sender, today);
            assert_eq!((letter.date.as_str(), letter.paragraphs[0].as_str()), (date, greeting));
            assert!(letter.paragraphs[1].contains(until), "{}", letter.paragraphs[1]);
            assert_eq!(letter.sender, "Museen · Am Markt 1 · 14467 Potsdam");
        }
    }
}
