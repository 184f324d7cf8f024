//! Style sheets, scripts and fonts: parts of the program, served from memory.
//!
//! `/assets/app.css` is the frame's style sheets (base, desk, lists) followed by one per capability, so that each capability keeps its
//! own. Scripts are ES modules of one subject each; every page works without them. The serif is the one of the cards. A browser keeps
//! an asset and asks each time whether it is still the right one, so an update of the program shows at once.

use super::problem::Problem;
use crate::app::SharedApp;
use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use card_face::Fonts;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The parts of the style sheet, in the order in which they count.
const STYLE_SHEETS: [&str; 10] = [
    include_str!("../../static/css/base.css"),
    include_str!("../../static/css/desk.css"),
    include_str!("../../static/css/lists.css"),
    include_str!("../../static/css/sales.css"),
    include_str!("../../static/css/cards.css"),
    include_str!("../../static/css/production.css"),
    include_str!("../../static/css/dispatch.css"),
    include_str!("../../static/css/entry.css"),
    include_str!("../../static/css/admin.css"),
    include_str!("../../static/css/reports.css"),
];

/// The scripts, by the name under which they are served.
const SCRIPTS: &[(&str, &str)] = &[
    ("basket.js", include_str!("../../static/js/basket.js")),
    ("confirm.js", include_str!("../../static/js/confirm.js")),
    ("draft.js", include_str!("../../static/js/draft.js")),
    ("keys.js", include_str!("../../static/js/keys.js")),
    ("mailroom.js", include_str!("../../static/js/mailroom.js")),
    ("notice.js", include_str!("../../static/js/notice.js")),
    ("offer.js", include_str!("../../static/js/offer.js")),
    ("photo.js", include_str!("../../static/js/photo.js")),
    ("preview.js", include_str!("../../static/js/preview.js")),
    ("progress.js", include_str!("../../static/js/progress.js")),
    ("scan.js", include_str!("../../static/js/scan.js")),
    ("search.js", include_str!("../../static/js/search.js")),
    ("submit.js", include_str!("../../static/js/submit.js")),
    ("till.js", include_str!("../../static/js/till.js")),
    ("verdict.js", include_str!("../../static/js/verdict.js")),
];

static ASSETS: LazyLock<BTreeMap<&'static str, Asset>> = LazyLock::new(|| {
    let style = Asset::new("text/css; charset=utf-8", Cow::Owned(STYLE_SHEETS.concat().into_bytes()));
    let scripts = SCRIPTS
        .iter()
        .map(|(name, text)| (*name, Asset::new("text/javascript; charset=utf-8", Cow::Borrowed(text.as_bytes()))));
    let serif = Fonts::bundled().for_pages("Libertinus Serif", "Semibold").unwrap_or_default();
    let serif = Asset::new("font/otf", Cow::Owned(serif));
    [("app.css", style), ("serif.otf", serif)].into_iter().chain(scripts).collect()
});

/// All assets.
pub fn router() -> Router<SharedApp> {
    Router::new().route("/assets/{name}", get(serve))
}

struct Asset {
    media_type: &'static str,
    bytes: Cow<'static, [u8]>,
    /// The hash of the bytes, in quotes.
    tag: HeaderValue,
}

impl Asset {
    fn new(media_type: &'static str, bytes: Cow<'static, [u8]>) -> Self {
        let tag = format!("\"{}\"", hex::encode(&Sha256::digest(&bytes)[..12]));
        Self { media_type, bytes, tag: HeaderValue::try_from(tag).unwrap_or(HeaderValue::from_static("\"\"")) }
    }
}

async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    let asset = ASSETS.get(name.as_str()).ok_or_else(|| Problem::not_found("asset"))?;
    let kept =
        [(header::ETAG, asset.tag.clone()), (header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache"))];
    if is_known(&headers, &asset.tag) {
        return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    let media_type = [(header::CONTENT_TYPE, HeaderValue::from_static(asset.media_type))];
    Ok((kept, media_type, asset.bytes.clone()).into_response())
}

/// Whether the browser has this very asset. A compressed answer bears the tag as a weak one.
fn is_known(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    known.split(',').any(|known| known.trim().trim_start_matches("W/").as_bytes() == tag.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folders_is_served() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("static");
        let names = |folder: &str| -> Vec<String> {
            let entries = std::fs::read_dir(root.join(folder)).unwrap();
            let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
            names.sort();
            names
        };
        assert_eq!(names("js"), SCRIPTS.iter().map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>());
        assert_eq!(names("css").len(), STYLE_SHEETS.len());
    }

    /// Otherwise a page of one capability would change when another one's sheet does.
    #[test]
    fn a_class_gets_its_looks_from_one_sheet() {
        let mut owners = BTreeMap::new();
        for (sheet, text) in STYLE_SHEETS.iter().enumerate() {
            for selector in text.split('}').filter_map(|rule| rule.rsplit('{').nth(1)).flat_map(|list| list.split(','))
            {
                let selector = selector.lines().last().unwrap_or_default().trim();
                let is_bare = selector
                    .strip_prefix('.')
                    .is_some_and(|name| name.chars().all(|sign| sign.is_alphanumeric() || sign == '-'));
                if is_bare {
                    assert_eq!(*owners.entry(selector).or_insert(sheet), sheet, "{selector} stands in two sheets");
                }
            }
        }
        assert!(owners.len() > 100, "{owners:?}");
    }

    #[test]
    fn scripts_are_modules_of_our_own() {
        for (name, text) in SCRIPTS {
            assert!(text.starts_with("// "), "{name} says what it is for");
            assert!(!text.contains("http://") && !text.contains("https://"), "{name} names an address elsewhere");
        }
    }
}
