//! Before somebody agrees: what a layout is checked for beyond its grammar, and the proof on paper.

use card_face::{Fonts, NoAssets, builtin, check_layout, parse_layout, proof_cases, proof_pdf};

#[test]
fn the_shipped_layouts_can_be_agreed_to() {
    let fonts = Fonts::bundled();
    for (id, file) in builtin::ALL {
        let layout = check_layout(file, &NoAssets, &fonts).unwrap_or_else(|findings| panic!("{id}: {findings:#?}"));
        assert_eq!(layout.id, id);
        let first = proof_pdf(&layout, &fonts).expect("a proof");
        assert!(first == proof_pdf(&layout, &fonts).expect("a proof"), "the same layout, the same bytes");
        let pages = lopdf::Document::load_mem(&first).expect("a PDF").get_pages().len();
        let cases = proof_cases(&layout).len();
        assert!((cases / 4..=cases).contains(&pages), "{id}: {cases} cases on {pages} pages");
    }
}

#[test]
fn a_proof_shows_every_case() {
    let salon = parse_layout(builtin::SALON, &NoAssets).expect("no findings");
    let captions: Vec<String> = proof_cases(&salon).into_iter().map(|case| case.caption).collect();
    let wanted = [
        "Beispiel (de)",
        "Längster Fall (de)",
        "Beispiel (en)",
        "Längster Fall (en)",
        "Beispiel (fr)",
        "Längster Fall (fr)",
        "category.name != '': ja",
        "category.name != '': nein",
        "ticket.reduced: ja",
        "ticket.reduced: nein",
    ];
    assert_eq!(captions, wanted);
    let cases = proof_cases(&salon);
    assert_eq!(cases[7].card.category_name, "", "the condition does not hold");
    assert!(cases[8].card.reduced && !cases[9].card.reduced);
}

#[test]
fn what_would_go_wrong_later_is_found_before() {
    let wrong = |right: &str, wrong: &str| {
        assert!(builtin::SALON.contains(right), "{right}");
        builtin::SALON.replacen(right, wrong, 1).replace("state = \"agreed\"", "state = \"draft\"")
    };
    let draft = |text: String| {
        let (head, rest) = text.split_once("[agreement]").expect("agreed once");
        format!("{head}{}", rest.split_once("[applies]").expect("the next table").1.replacen('\n', "[applies]\n", 1))
    };
    // What is replaced, by what, where it is found and as what.
    for (right, with, path, reason) in [
        (
            "longest = \"Saisonkarte der",
            "longest = \"Saison-, Sommer- und Winterkarte aller Freundinnen und Freunde der",
            "sides.front.elements[2].text",
            "longest_does_not_fit",
        ),
        ("size = 13\nmin_size = 9", "size = 40\nmin_size = 40", "sides.front.elements[7].text", "longest_does_not_fit"),
        ("example = \"Saisonkarte\"", "example = \"季節券\"", "sides.front.elements[2].text", "missing_glyph"),
        (
            "text = \"{card.number_grouped}\"",
            "text = \"№ 券 {card.number}\"",
            "sides.back.elements[2].text",
            "missing_glyph",
        ),
        ("style = \"Italic\"", "style = \"Ultra\"", "fonts.italic", "font_missing"),
        ("\"DejaVu Serif\",", "\"Noto Sans Klingon\",", "fonts.fallback", "font_missing"),
        (
            "when = \"ticket.reduced\"",
            "when = \"ticket.reduced and not ticket.reduced\"",
            "sides.back.elements[4].when",
            "never_holds",
        ),
        ("when = \"ticket.reduced\"", "when = \"card.language == 'it'\"", "sides.back.elements[4].when", "never_holds"),
        (
            "when = \"ticket.reduced\"",
            "when = \"ticket.reduced or not ticket.reduced\"",
            "sides.back.elements[4].when",
            "always_holds",
        ),
        ("symbology = \"code128\"", "symbology = \"ean8\"", "sides.back.elements[6].data", "code_unwritable"),
        ("symbology = \"code128\"", "symbology = \"code39\"", "sides.back.elements[6].box", "module_too_small"),
        ("box = [6, 45, 46.4, 4.6]", "box = [6, 45, 46.4, 9]", "sides.front.elements[7].box", "outside_safe_area"),
    ] {
        let text = draft(wrong(right, with));
        assert!(parse_layout(&text, &NoAssets).is_ok(), "a draft may be unfinished: {with}");
        let findings = check_layout(&text, &NoAssets, &Fonts::bundled()).expect_err(with);
        let found: Vec<_> = findings.iter().map(|finding| (finding.path.as_str(), finding.reason)).collect();
        assert!(found.contains(&(path, reason)), "{with}: {findings:#?}");
        let line = text.lines().nth(findings[0].line - 1).unwrap_or_default();
        let key = findings[0].path.rsplit('.').next().unwrap_or_default();
        assert!(line.contains(key) || line.contains("style"), "{with}: line {} is {line}", findings[0].line);
    }
}
