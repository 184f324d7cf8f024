//! What must hold before a layout is proposed, beyond its grammar: faces, examples and conditions.

use std::collections::BTreeSet;

use super::cases::{Extent, card, card_where, conditions, languages};
use crate::compose::{Composer, Subject};
use crate::fonts::{Face, Fonts};
use crate::layout::{AssetSource, Element, ElementKind, Finding, FontChoice, Layout, parse_strictly};
use crate::refusal::SetAside;

/// Reads a layout as one that is to be proposed, whatever state it says it has, and tries it on its own examples.
///
/// # Errors
/// All that stands in the way, in the order of the file.
pub fn check_layout(text: &str, assets: &dyn AssetSource, fonts: &Fonts) -> Result<Layout, Vec<Finding>> {
    let layout = parse_strictly(text, assets)?;
    let mut findings = missing_faces(&layout, fonts);
    if findings.is_empty()
        && let Ok(composer) = Composer::new(&layout, fonts)
    {
        findings = examples_that_fail(&layout, &composer);
        findings.extend(idle_conditions(&layout));
    }
    findings.sort_by_key(|finding| (finding.line, finding.column));
    if findings.is_empty() { Ok(layout) } else { Err(findings) }
}

fn missing_faces(layout: &Layout, fonts: &Fonts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for entry in layout.fonts.values() {
        match &entry.choice {
            FontChoice::Named { family, style } if fonts.find(family, style).is_none() => {
                let message = format!("`{family} {style}` is not installed");
                findings.push(entry.place.finding("font_missing", message));
            }
            FontChoice::File { data, .. } if Face::parse(data.to_vec().into()).is_none() => {
                findings.push(entry.place.finding("font_unreadable", "the file is not a font with outlines"));
            }
            FontChoice::Named { .. } | FontChoice::File { .. } => {}
        }
    }
    for family in layout.fallback.iter().filter(|family| fonts.find_like(family, "Regular").is_none()) {
        findings.push(layout.fallback_place.finding("font_missing", format!("`{family}` is not installed")));
    }
    findings
}

/// Texts and codes of the usual and the longest card that do not come out.
fn examples_that_fail(layout: &Layout, composer: &Composer) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut seen = BTreeSet::new();
    for language in languages(layout) {
        for extent in [Extent::Longest, Extent::Usual] {
            let data = card(layout, extent, &language);
            let subject = Subject { data: &data, language: &language };
            for side in [&layout.front, &layout.back] {
                try_each(&side.elements, composer, &subject, &mut |element, refusal| {
                    let reason = match refusal {
                        SetAside::TextTooLong { .. } => "longest_does_not_fit",
                        other => other.reason(),
                    };
                    if seen.insert((element.place.line, element.place.column, reason)) {
                        findings.push(element.place.finding(reason, format!("{refusal} ({language})")));
                    }
                });
            }
        }
    }
    findings
}

fn try_each(
    elements: &[Element],
    composer: &Composer,
    subject: &Subject<'_>,
    found: &mut impl FnMut(&Element, &SetAside),
) {
    for element in elements {
        if let ElementKind::Group(inner) = &element.kind {
            try_each(inner, composer, subject, found);
        } else if let Err(refusal) = composer.draw_kind(&element.kind, subject, &mut Vec::new()) {
            found(element, &refusal);
        }
    }
}

/// Conditions with the same answer on every card: what they guard is shown always or never.
fn idle_conditions(layout: &Layout) -> Vec<Finding> {
    let mut findings = Vec::new();
    for when in conditions(layout) {
        if card_where(layout, &when.condition, true).is_none() {
            findings.push(when.place.finding("never_holds", "no card fulfils this condition"));
        } else if card_where(layout, &when.condition, false).is_none() {
            findings.push(when.place.finding("always_holds", "every card fulfils this condition: leave it out"));
        }
    }
    findings
}
