//! What differs from country to country in a postal address: whether there is such a country, how its postal codes are written, and
//! where they stand beside the town.

/// The ISO 3166-1 codes of all countries, and `XK`, which the post uses for Kosovo.
const CODES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ \
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF \
    GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW \
    KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL \
    NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST \
    SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

/// How postal codes are written: `9` is a digit, `A` a letter, `*` either; everything else stands for itself, a small letter for the
/// capital. Several ways stand in a row, the most usual first. Countries that are not listed write what they like, or have none.
const FORMATS: [(&str, &str); 44] = [
    ("AT", "9999"),
    ("AU", "9999"),
    ("BE", "9999"),
    ("BG", "9999"),
    ("CA", "A9A 9A9"),
    ("CH", "9999"),
    ("CY", "9999"),
    ("CZ", "999 99"),
    ("DE", "99999"),
    ("DK", "9999"),
    ("EE", "99999"),
    ("ES", "99999"),
    ("FI", "99999"),
    ("FR", "99999"),
    ("GB", "AA99 9AA|AA9 9AA|A9 9AA|A99 9AA|A9A 9AA|AA9A 9AA"),
    ("GR", "999 99"),
    ("HR", "99999"),
    ("HU", "9999"),
    ("IE", "A9* ****"),
    ("IS", "999"),
    ("IT", "99999"),
    ("JP", "999-9999"),
    ("LI", "9999"),
    ("LT", "lt-99999"),
    ("LU", "9999"),
    ("LV", "lv-9999"),
    ("MC", "99999"),
    ("MT", "AAA 9999"),
    ("NL", "9999 AA"),
    ("NO", "9999"),
    ("NZ", "9999"),
    ("PL", "99-999"),
    ("PT", "9999-999"),
    ("RO", "999999"),
    ("SE", "999 99"),
    ("SI", "9999"),
    ("SK", "999 99"),
    ("SM", "99999"),
    ("TR", "99999"),
    ("UA", "99999"),
    ("US", "99999|99999-9999|AA 99999|AA 99999-9999"),
    ("VA", "99999"),
    ("XK", "99999"),
    ("ZA", "9999"),
];

/// The countries that forms offer: those whose names stand in the texts as `country-xx`.
pub const OFFERED: [&str; 40] = [
    "DE", "AT", "CH", "AU", "BE", "BG", "CA", "CN", "CY", "CZ", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU",
    "IE", "IS", "IT", "JP", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "NZ", "PL", "PT", "RO", "SE", "SI", "SK", "TR",
    "UA", "US",
];

/// Where a postal code stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodePlace {
    /// Before the town.
    Before,
    /// Behind the town.
    Behind,
    /// On a line of its own below the town.
    Below,
}

/// Whether there is a country with this code of two capital letters.
pub fn is_known(country: &str) -> bool {
    country.len() == 2 && CODES.split_ascii_whitespace().any(|code| code == country)
}

/// Where the postal code stands in addresses of a country.
pub fn code_place(country: &str) -> CodePlace {
    match country {
        "AU" | "CA" | "IN" | "NZ" | "US" | "UA" => CodePlace::Behind,
        "GB" | "GG" | "IE" | "IM" | "JE" | "ZA" => CodePlace::Below,
        _ => CodePlace::Before,
    }
}

/// Whether an address in a country is incomplete without a postal code.
pub fn needs_postal_code(country: &str) -> bool {
    country != "IE" && format_of(country).is_some()
}

/// The postal code as the country writes it: in capitals, with its blanks and hyphens, without a sign of the country before it. `None`
/// when it is none of that country. Where the program knows no rule, it stays as it is.
pub fn postal_code(country: &str, typed: &str) -> Option<String> {
    let Some(formats) = format_of(country) else { return Some(typed.to_owned()) };
    let capitals = typed.to_uppercase();
    formats.split('|').find_map(|format| written(format, bare(format, country, &capitals)))
}

/// A postal code as an example, for whoever typed another one.
pub fn example(country: &str) -> Option<String> {
    let (mut digits, mut letters) = (('1'..='9').cycle(), ('A'..='Z').cycle());
    let usual = format_of(country)?.split('|').next()?;
    let letter = |slot| match slot {
        '9' => digits.next(),
        'A' | '*' => letters.next(),
        other => Some(other.to_ascii_uppercase()),
    };
    usual.chars().map(letter).collect()
}

fn format_of(country: &str) -> Option<&'static str> {
    FORMATS.iter().find(|(code, _)| *code == country).map(|(_, format)| *format)
}

/// What was typed without the sign of the country that some write before it: `D-14467`, `LV-1010`, `CH 8001`.
fn bare<'t>(format: &str, country: &str, typed: &'t str) -> &'t str {
    let typed = typed.trim();
    if format.starts_with('A') {
        return typed;
    }
    let is_sign = |sign: &str| (1..=3).contains(&sign.len()) && sign.bytes().all(|byte| byte.is_ascii_uppercase());
    match typed.split_once('-') {
        Some((sign, rest)) if is_sign(sign) => rest,
        _ => typed.strip_prefix(country).unwrap_or(typed),
    }
}

/// The letters and digits in the places of the format, if they fit.
fn written(format: &str, typed: &str) -> Option<String> {
    let mut typed = typed.chars().filter(|letter| !matches!(letter, ' ' | '-' | '.'));
    let mut code = String::with_capacity(format.len());
    for slot in format.chars() {
        let fits = match slot {
            '9' => |letter: &char| letter.is_ascii_digit(),
            'A' => |letter: &char| letter.is_ascii_uppercase(),
            '*' => |letter: &char| letter.is_ascii_digit() || letter.is_ascii_uppercase(),
            itself => {
                code.push(itself.to_ascii_uppercase());
                continue;
            }
        };
        code.push(typed.next().filter(fits)?);
    }
    typed.next().is_none().then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postal_codes_are_written_as_their_country_writes_them() {
        for (country, typed, written) in [
            ("DE", "14467", Some("14467")),
            ("DE", "D-14467", Some("14467")),
            ("DE", "DE 14467", Some("14467")),
            ("DE", "1446", None),
            ("DE", "144670", None),
            ("DE", "14467 Potsdam", None),
            ("AT", "A-1010", Some("1010")),
            ("CH", "8001", Some("8001")),
            ("NL", "1012ab", Some("1012 AB")),
            ("NL", "1012", None),
            ("GB", "sw1y4jh", Some("SW1Y 4JH")),
            ("GB", "M1 1AE", Some("M1 1AE")),
            ("GB", "SW1Y", None),
            ("PL", "00950", Some("00-950")),
            ("PT", "1000205", Some("1000-205")),
            ("GR", "10563", Some("105 63")),
            ("SE", "S-113 51", Some("113 51")),
            ("LV", "1010", Some("LV-1010")),
            ("LV", "LV-1010", Some("LV-1010")),
            ("MT", "VLT 1117", Some("VLT 1117")),
            ("US", "20500", Some("20500")),
            ("US", "NY 10001-1234", Some("NY 10001-1234")),
            ("US", "2050", None),
            ("CA", "k1a0b1", Some("K1A 0B1")),
            ("IE", "D02 AF30", Some("D02 AF30")),
            ("JP", "1000001", Some("100-0001")),
            ("CL", "832 0000", Some("832 0000")),
            ("HK", "", Some("")),
        ] {
            assert_eq!(postal_code(country, typed).as_deref(), written, "{country} {typed}");
        }
    }

    #[test]
    fn every_example_is_one_and_every_country_is_known() {
        for (country, _) in FORMATS {
            let example = example(country).expect(country);
            assert_eq!(postal_code(country, &example), Some(example.clone()), "{country}");
        }
        for country in FORMATS.iter().map(|(country, _)| *country).chain(OFFERED) {
            assert!(is_known(country), "{country}");
        }
        for none in ["", "D", "DEU", "de", "XX", "UK", "EU", "A ", " A"] {
            assert!(!is_known(none), "{none:?}");
        }
        assert!(needs_postal_code("DE") && !needs_postal_code("IE") && !needs_postal_code("HK"));
    }

    proptest::proptest! {
        #[test]
        fn what_was_written_once_stays(at in 0..FORMATS.len(), typed in "[A-Za-z0-9 -]{0,12}") {
            let country = FORMATS[at].0;
            if let Some(code) = postal_code(country, &typed) {
                proptest::prop_assert_eq!(postal_code(country, &code), Some(code));
            }
        }
    }
}
