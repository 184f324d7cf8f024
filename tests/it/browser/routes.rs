//! Every page of every route: no finding of axe, a kept outline of what assistive technology is told, room on a small phone, targets
//! that can be hit, a focus that can be seen.
//!
//! The routes are those that `pages_routes` compares with the router. A route with a parameter needs a line in [`Examples`].
//! After a wanted change write the outlines anew with `UPDATE_GOLDEN=1 cargo test --all-features --test it routes`.

use crate::support::TestApp;
use crate::support::chromium::{Chromium, Setup};
use crate::support::examples::Examples;
use fantoccini::key::Key;
use passepartout::kernel::roles::Role;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The rules of WCAG 2.2 AA.
const TAGS: [&str; 5] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/// Routes whose outline has the frame around the content.
const FRAMES: [&str; 2] = ["/", "/desk"];
/// How often the tab key is pressed on a page.
const TABS: usize = 40;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_can_be_used_by_everyone() {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let examples = Examples::made(&app).await;
    let mut reader = app.browser_of(Role::Admin).await;
    let pages = examples.pages(&mut reader).await;
    assert!(pages.len() >= 8, "{pages:?}");

    let desk = Chromium::at(&app, Setup::DESK).await;
    desk.add_script(&axe()).await;
    desk.set_still(false).await;
    let mut findings = Vec::new();
    let mut outlines = BTreeMap::new();
    let mut corners = BTreeSet::new();
    for (route, path) in &pages {
        // The sign-in comes first, and is seen by strangers alone.
        if route != "/sign-in" && outlines.len() == 1 {
            desk.sign_in(&app, &Role::ALL).await;
        }
        desk.open(path).await;
        let mut found = desk.axe(&TAGS).await;
        found.extend(desk.targets(route).await);
        found.extend(desk.focus().await);
        outlines.insert(route.clone(), desk.outline(FRAMES.contains(&route.as_str())).await);
        desk.set_still(true).await;
        found.extend(desk.axe(&["cat.color"]).await.into_iter().map(|finding| format!("dark: {finding}")));
        desk.set_still(false).await;
        desk.resize(320, 640).await;
        found.extend(desk.overflow().await);
        desk.shot(&format!("route-320{}", route.replace(['/', '{', '}'], "-"))).await;
        desk.resize(1280, 800).await;
        desk.shot(&format!("route{}", route.replace(['/', '{', '}'], "-"))).await;
        corners.insert(desk.corner_of_help().await);
        findings.extend(found.into_iter().map(|finding| format!("{path}: {finding}")));
    }
    assert!(findings.is_empty(), "{} findings:\n{}", findings.len(), findings.join("\n"));
    assert_eq!(corners.len(), 1, "help stands in the same corner everywhere: {corners:?}");
    compare(&outlines);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_scan_is_understood_on_every_desk_page_from_every_kind_of_field() {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let examples = Examples::made(&app).await;
    let mut reader = app.browser_of(Role::Admin).await;
    let pages = examples.pages(&mut reader).await;
    let record = format!("/cards/{}", examples.card);
    let desk = Chromium::at(&app, Setup::DESK).await;
    desk.sign_in(&app, &Role::ALL).await;
    let mut tried = 0;
    for (_, path) in &pages {
        desk.open(path).await;
        if desk.ask("return Boolean(document.querySelector('.desk'))").await == false {
            continue;
        }
        let fields = desk.ask(&format!("return {FIELDS}.length")).await.as_u64().expect("a number");
        for field in 0..fields {
            desk.open(path).await;
            let before = desk
                .ask(&format!(
                    "sessionStorage.clear(); const e = {FIELDS}[{field}]; if (!e) return null; e.focus(); \
                     const keep = () => sessionStorage.setItem('left', e.value); addEventListener('pagehide', keep); \
                     document.addEventListener('passepartout:content', () => {{ keep(); sessionStorage.setItem('taken', '1') }}); return e.value"
                ))
                .await;
            // What a script takes away is no field, and a field for scans takes them itself.
            if before.is_null() || desk.ask("return document.activeElement.name === 'scan'").await == true {
                continue;
            }
            desk.scan(&examples.card_number).await;
            desk.until(&format!("sessionStorage.getItem('taken') || location.pathname === '{record}'")).await;
            assert_eq!(desk.ask("return sessionStorage.getItem('left')").await, before, "{path}, field {field}");
            tried += 1;
        }
    }
    assert!(tried >= 5, "{tried} fields");
}

/// The fields of a page that take the keyboard, of each kind the first: to a scan they are alike.
const FIELDS: &str = "[...document.querySelectorAll('input, select, textarea, button')]\
    .filter(e => e.checkVisibility() && !e.disabled && !['hidden', 'file'].includes(e.type))\
    .filter((e, at, all) => all.findIndex(o => o.type === e.type) === at)";

impl Chromium {
    /// Makes the system dark or light, without the colours of half a transition.
    async fn set_still(&self, dark: bool) {
        let scheme = if dark { "dark" } else { "light" };
        let features = json!([
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]);
        self.command("Emulation.setEmulatedMedia", json!({"features": features})).await;
    }

    /// What axe finds.
    async fn axe(&self, tags: &[&str]) -> Vec<String> {
        let script = "const [tags, done] = arguments; \
            axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']}).then(r => done(r.violations.map(v => \
            v.id + ' (' + v.help + '): ' + v.nodes.slice(0, 3).map(n => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).join('; '))), \
            e => done(['axe failed: ' + e]))";
        let found = self.page.execute_async(script, vec![json!(tags)]).await.expect("an answer");
        serde_json::from_value(found).expect("findings")
    }

    /// What can be pressed and is too small: under 24 px anywhere, under 44 px among the controls of a desk's work.
    async fn targets(&self, route: &str) -> Vec<String> {
        let is_desk = self.ask("return Boolean(document.querySelector('.desk'))").await == true;
        let script = "const least = arguments[0]; const found = []; \
            for (const e of document.querySelectorAll('a[href], button, input, select, textarea, summary, [role=button], [tabindex=\"0\"]')) { \
              if (e.type === 'hidden' || e.disabled || e.matches('.skip, .table, [role=region]') || !e.checkVisibility() || e.closest('.unseen')) continue; \
              let box = e.getBoundingClientRect(); \
              const label = e.matches('[type=radio], [type=checkbox], [type=file]') && e.closest('label, .choice'); \
              if (label) box = label.getBoundingClientRect(); \
              if (box.width <= 1 || box.height <= 1) continue; \
              const isInText = e.matches('a') && getComputedStyle(e).display === 'inline'; \
              const isBox = e.matches('[type=radio], [type=checkbox]') && !label; \
              const isControl = !isInText && !isBox && e.closest('main') && e.matches('button, input, select, textarea, .primary, .secondary'); \
              const wanted = isControl ? least : 24; \
              if (isInText ? false : box.height < wanted - 0.5 || box.width < Math.min(wanted, 24) - 0.5) \
                found.push('too small: ' + e.outerHTML.slice(0, 90) + ' ' + Math.round(box.width) + 'x' + Math.round(box.height)); \
            } return found";
        let least = if is_desk || route.starts_with("/p/") { 44 } else { 24 };
        let found = self.page.execute(script, vec![json!(least)]).await.expect("an answer");
        serde_json::from_value(found).expect("findings")
    }

    /// Where the tab key leads and the focus cannot be seen: no outline, one of less than 3:1 contrast, or something lies over it.
    async fn focus(&self) -> Vec<String> {
        self.ask(
            "const light = colour => { const [r, g, b] = colour.match(/[\\d.]+/g).map(part => { part /= 255; \
               return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; }; \
             const contrast = (one, other) => { const [low, high] = [light(one), light(other)].sort((a, b) => a - b); return (high + 0.05) / (low + 0.05); }; \
             const ground = e => { while (e && /, 0\\)$/.test(getComputedStyle(e).backgroundColor)) e = e.parentElement; \
               return e ? getComputedStyle(e).backgroundColor : 'rgb(255, 255, 255)'; }; \
             window.unseen = []; document.activeElement?.blur(); window.scrollTo(0, 0); addEventListener('focusin', e => { \
               const t = e.target, s = getComputedStyle(t), b = t.getBoundingClientRect(); \
               const shown = t.matches('main, dialog') || (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || t.closest('label, .choice')?.matches(':focus-within'); \
               if (!shown) unseen.push('focus without an outline: ' + t.outerHTML.slice(0, 90)); \
               if (s.outlineStyle !== 'none' && contrast(s.outlineColor, ground(parseFloat(s.outlineOffset) < 0 ? t : t.parentElement)) < 3) \
                 unseen.push('outline of too little contrast: ' + t.outerHTML.slice(0, 90)); \
               if (b.width < 2 || b.bottom < 0 || b.top > innerHeight) { requestAnimationFrame(() => {}); return; } \
               const x = Math.min(Math.max(b.left + b.width / 2, 1), innerWidth - 1), y = Math.min(Math.max(b.top + b.height / 2, 1), innerHeight - 1); \
               const over = document.elementFromPoint(x, y); \
               if (over && !t.contains(over) && !over.contains(t) && !t.labels?.[0]?.contains(over)) \
                 unseen.push('focus under something: ' + t.outerHTML.slice(0, 90) + ' under ' + over.outerHTML.slice(0, 60)); })",
        )
        .await;
        self.press(Key::Tab, TABS).await;
        serde_json::from_value(self.ask("return [...new Set(unseen)]").await).expect("findings")
    }

    /// How far the way to help is from the upper right corner.
    async fn corner_of_help(&self) -> String {
        let script = "const b = document.querySelector('.help').getBoundingClientRect(); \
            return [document.documentElement.clientWidth - b.right, b.top + scrollY].join(' ')";
        self.ask(script).await.as_str().expect("a place").to_owned()
    }

    /// Whether something must be scrolled sideways, and what sticks out.
    async fn overflow(&self) -> Vec<String> {
        let script = "const wide = document.documentElement; if (wide.scrollWidth <= wide.clientWidth) return []; \
            const out = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > wide.clientWidth + 1 && e.checkVisibility() && !e.closest('.table')); \
            return ['wider than 320 px: ' + out.slice(0, 4).map(e => e.outerHTML.slice(0, 80)).join(' | ')]";
        serde_json::from_value(self.ask(script).await).expect("findings")
    }

    /// What assistive technology is told of the page: roles, names and states, indented as they stand in each other.
    ///
    /// The frame is the same on all pages, so most are told without it.
    async fn outline(&self, with_frame: bool) -> String {
        let tree = self.command("Accessibility.getFullAXTree", json!({})).await;
        let nodes: BTreeMap<&str, &Value> = tree["nodes"]
            .as_array()
            .expect("nodes")
            .iter()
            .map(|node| (node["nodeId"].as_str().expect("an id"), node))
            .collect();
        let main = tree["nodes"].as_array().expect("nodes").iter().find(|node| node["role"]["value"] == "main");
        let top = if with_frame { None } else { main }.unwrap_or(&tree["nodes"][0]);
        let mut outline = String::new();
        write_node(top["nodeId"].as_str().expect("an id"), &nodes, 0, &mut outline);
        outline
    }
}

/// Writes a node and what is in it. Nodes that say nothing pass on what is in them.
fn write_node(id: &str, nodes: &BTreeMap<&str, &Value>, depth: usize, outline: &mut String) {
    let Some(node) = nodes.get(id) else { return };
    let role = node["role"]["value"].as_str().unwrap_or("none");
    let name = steady(node["name"]["value"].as_str().unwrap_or_default());
    let is_silent = node["ignored"] == true
        || [
            "none",
            "generic",
            "StaticText",
            "InlineTextBox",
            "LineBreak",
            "ListMarker",
            "paragraph",
            "strong",
            "LayoutTable",
            "LayoutTableRow",
            "LayoutTableCell",
        ]
        .contains(&role);
    let says_text = role == "StaticText" && node["ignored"] != true && !name.is_empty();
    let mut inner = depth;
    if says_text {
        let _ = writeln!(outline, "{}\"{name}\"", "  ".repeat(depth));
    } else if !is_silent {
        let states = ["checked", "pressed", "expanded", "selected", "invalid", "required", "level", "disabled"];
        let properties = node["properties"].as_array().map(Vec::as_slice).unwrap_or_default();
        let told = properties.iter().filter_map(|property| {
            let (key, value) = (property["name"].as_str()?, &property["value"]["value"]);
            let counts = states.contains(&key)
                && (key != "level" || role == "heading")
                && !matches!(value, Value::Bool(false))
                && *value != json!("false");
            counts.then(|| {
                if *value == true {
                    format!(" [{key}]")
                } else {
                    format!(" [{key}={}]", value.to_string().trim_matches('"'))
                }
            })
        });
        let told: String = told.collect();
        let name = if name.is_empty() { String::new() } else { format!(" \"{name}\"") };
        let _ = writeln!(outline, "{}{role}{name}{told}", "  ".repeat(depth));
        inner += 1;
        // A leaf whose name is its text needs no second line.
        if ["link", "button", "heading", "option", "cell", "columnheader", "rowheader"].contains(&role)
            && !name.is_empty()
            && only_text(node, nodes)
        {
            return;
        }
    }
    for child in node["childIds"].as_array().map(Vec::as_slice).unwrap_or_default() {
        write_node(child.as_str().unwrap_or_default(), nodes, inner, outline);
    }
}

fn only_text(node: &Value, nodes: &BTreeMap<&str, &Value>) -> bool {
    node["childIds"].as_array().map(Vec::as_slice).unwrap_or_default().iter().all(|id| {
        nodes.get(id.as_str().unwrap_or_default()).is_none_or(|child| {
            let role = child["role"]["value"].as_str().unwrap_or_default();
            child["ignored"] == true && only_text(child, nodes)
                || ["StaticText", "InlineTextBox", "generic", "none"].contains(&role) && only_text(child, nodes)
        })
    })
}

/// The text without what differs from run to run: long numbers and ids.
fn steady(text: &str) -> String {
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        let digits = word.chars().filter(char::is_ascii_hexdigit).count();
        let is_id = word.len() >= 9 && digits * 10 >= word.len() * 8 && word.chars().any(|c| c.is_ascii_digit());
        words.push(if is_id { "…" } else { word });
    }
    words.join(" ")
}

/// Compares the outlines with the kept ones, or keeps them.
fn compare(outlines: &BTreeMap<String, String>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/aria");
    let file = |route: &str| -> PathBuf {
        let name: String =
            route.trim_matches('/').chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        folder.join(format!("{}.txt", if name.is_empty() { "start" } else { name.trim_matches('-') }))
    };
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        for (route, outline) in outlines {
            fs::write(file(route), outline).expect("a file");
        }
    }
    let changed: Vec<String> = outlines
        .iter()
        .filter_map(|(route, outline)| {
            let kept = fs::read_to_string(file(route)).unwrap_or_default();
            let line = outline.lines().zip(kept.lines()).position(|(now, then)| now != then);
            let line = line.unwrap_or_else(|| outline.lines().count().min(kept.lines().count()));
            (kept != *outline).then(|| {
                let at = |text: &str| text.lines().nth(line).unwrap_or("(nothing)").to_owned();
                format!("{route}, line {}: was {}, is {}", line + 1, at(&kept), at(outline))
            })
        })
        .collect();
    assert!(changed.is_empty(), "outlines changed; if wanted, run with UPDATE_GOLDEN=1:\n{}", changed.join("\n"));
    let kept = fs::read_dir(&folder).expect("a folder").count();
    assert_eq!(kept, outlines.len(), "there are outlines of pages that are gone: run with UPDATE_GOLDEN=1");
}

fn axe() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/npm/node_modules/axe-core/axe.min.js");
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}; scripts/test installs it", file.display()))
}
