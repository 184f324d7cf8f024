//! The words of the letter that a card travels on, in the holder's language.

use super::PrintData;
use crate::kernel::address::Address;
use card_face::LetterText;
use chrono::NaiveDate;

/// The most lines of an address that a window shows.
const ADDRESS_LINES_MAX: usize = 6;

/// The names of countries as the post of any country reads them, in capitals.
const COUNTRIES: [(&str, &str); 34] = [
    ("AT", "AUSTRIA"),
    ("AU", "AUSTRALIA"),
    ("BE", "BELGIUM"),
    ("BG", "BULGARIA"),
    ("CA", "CANADA"),
    ("CH", "SWITZERLAND"),
    ("CN", "CHINA"),
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
    ("IT", "ITALY"),
    ("JP", "JAPAN"),
    ("LI", "LIECHTENSTEIN"),
    ("LT", "LITHUANIA"),
    ("LU", "LUXEMBOURG"),
    ("LV", "LATVIA"),
    ("NL", "NETHERLANDS"),
    ("NO", "NORWAY"),
    ("PL", "POLAND"),
    ("PT", "PORTUGAL"),
    ("RO", "ROMANIA"),
    ("SE", "SWEDEN"),
    ("SI", "SLOVENIA"),
    ("SK", "SLOVAKIA"),
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

/// Who gets a letter.
#[derive(Debug, Clone)]
pub struct Recipient {
    /// Where the holder lives.
    pub address: Address,
    /// The holder's language, which the card need not speak.
    pub language: String,
}

/// The letter to the holder of a card.
pub fn letter(card: &PrintData, recipient: &Recipient, sender: &Sender, today: NaiveDate) -> LetterText {
    let names = [card.given_name.as_deref(), card.family_name.as_deref()];
    let name = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let language = recipient.language.as_str();
    let [from, until] = [&card.valid_from, &card.valid_until].map(|day| day_in(day, language));
    let (product, houses, museum) = (&card.product_name, card.houses.join(", "), &sender.name);
    let (subject, paragraphs) = match language {
        "de" => (
            format!("Ihre Karte: {product}"),
            [
                format!("Guten Tag {name},"),
                format!(
                    "mit diesem Brief kommt Ihre Karte „{product}“. Sie gilt vom {from} bis zum {until}: {houses}."
                ),
                "Lösen Sie die Karte unten ab und zeigen Sie sie am Eingang vor. Der Brief wird dort nicht gebraucht."
                    .to_owned(),
                "Wir freuen uns auf Ihren Besuch.".to_owned(),
                museum.clone(),
            ],
        ),
        "fr" => (
            format!("Votre carte : {product}"),
            [
                format!("Bonjour {name},"),
                format!("Voici votre carte « {product} ». Elle est valable du {from} au {until} : {houses}."),
                "Détachez la carte ci-dessous et présentez-la à l’entrée. Cette lettre n’y est pas nécessaire."
                    .to_owned(),
                "Nous nous réjouissons de votre visite.".to_owned(),
                museum.clone(),
            ],
        ),
        _ => (
            format!("Your card: {product}"),
            [
                format!("Dear {name},"),
                format!("This letter brings your card “{product}”. It is valid from {from} until {until}: {houses}."),
                "Take the card off below and show it at the entrance. You do not need this letter there.".to_owned(),
                "We look forward to your visit.".to_owned(),
                museum.clone(),
            ],
        ),
    };
    LetterText {
        sender: sender_line(sender),
        address: address_lines(&name, &recipient.address, &sender.country),
        date: day_in(&today.to_string(), language),
        subject,
        paragraphs: paragraphs.to_vec(),
    }
}

/// Name and address as the post wants them: abroad the town and the country in capitals, inland no country.
fn address_lines(name: &str, address: &Address, inland: &str) -> Vec<String> {
    let abroad = address.country != inland;
    let town = format!("{} {}", address.postal_code, address.city).trim().to_owned();
    let mut last = vec![if abroad { town.to_uppercase() } else { town }];
    if abroad {
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
    let town = format!("{} {}", address.postal_code, address.city).trim().to_owned();
    let mut parts = vec![sender.name.clone()];
    parts.extend(address.lines.iter().cloned());
    parts.push(town);
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
        ] {
            assert_eq!(address_lines("Ada", &address(lines, country), "DE"), expected, "{lines:?} {country}");
        }
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
            let recipient = Recipient { address: address(&["Am Markt 1"], "DE"), language: language.to_owned() };
            let letter = letter(&example(), &recipient, &sender, today);
            assert_eq!((letter.date.as_str(), letter.paragraphs[0].as_str()), (date, greeting));
            assert!(letter.paragraphs[1].contains(until), "{}", letter.paragraphs[1]);
            assert_eq!(letter.sender, "Museen · Am Markt 1 · 14467 Potsdam");
        }
    }
}
