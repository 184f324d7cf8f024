//! The list of all page routes, and what strangers get there. A route that is not listed fails the test.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Path, and the status that a stranger's browser gets for GET and for an empty form.
pub(crate) const ROUTES: &[(&str, u16, u16)] = &[
    ("/", 200, 405),
    ("/admin", 303, 405),
    ("/admin/audit", 303, 405),
    ("/admin/audit/export.csv", 303, 405),
    ("/admin/catalog/events/labels", 303, 401),
    ("/admin/catalog/events/series", 303, 401),
    ("/admin/catalog/houses/{key}/leave", 303, 401),
    ("/admin/catalog/{kind}", 303, 405),
    ("/admin/catalog/{kind}/new", 303, 401),
    ("/admin/catalog/{kind}/{key}", 303, 401),
    ("/admin/catalog/{kind}/{key}/delete", 303, 401),
    ("/admin/devices", 303, 405),
    ("/admin/devices/new", 303, 401),
    ("/admin/devices/noticed", 303, 405),
    ("/admin/devices/{id}", 303, 405),
    ("/admin/devices/{id}/move", 405, 401),
    ("/admin/devices/{id}/pairing-code", 405, 401),
    ("/admin/devices/{id}/revoke", 303, 401),
    ("/admin/devices/{id}/rules", 405, 401),
    ("/admin/keys", 303, 405),
    ("/admin/keys/new", 303, 401),
    ("/admin/keys/{id}/revoke", 303, 401),
    ("/admin/layouts", 303, 401),
    ("/admin/layouts/{id}", 303, 405),
    ("/admin/layouts/{id}/layout.toml", 303, 405),
    ("/admin/layouts/{id}/preview.png", 303, 405),
    ("/admin/layouts/{id}/proof.pdf", 303, 405),
    ("/admin/layouts/{id}/step", 405, 401),
    ("/admin/mails", 303, 405),
    ("/admin/mails/send-again", 405, 401),
    ("/admin/mails/{id}/send-again", 405, 401),
    ("/admin/printers", 303, 405),
    ("/admin/printers/new", 303, 401),
    ("/admin/printers/{key}", 303, 401),
    ("/admin/printers/{key}/test-card", 405, 401),
    ("/admin/staff", 303, 405),
    ("/admin/staff/new", 303, 401),
    ("/admin/staff/{id}", 303, 401),
    ("/admin/staff/{id}/disabled", 405, 401),
    ("/admin/staff/{id}/link", 405, 401),
    ("/admin/staff/{id}/sign-out", 405, 401),
    ("/annual-tickets", 303, 405),
    ("/annual-tickets/export.csv", 303, 405),
    ("/annual-tickets/photos", 303, 401),
    ("/annual-tickets/remind", 405, 401),
    ("/annual-tickets/{id}", 303, 401),
    ("/annual-tickets/{id}/block", 303, 401),
    ("/annual-tickets/{id}/edit", 303, 405),
    ("/annual-tickets/{id}/forget", 303, 401),
    ("/annual-tickets/{id}/photo", 303, 401),
    ("/annual-tickets/{id}/preview.png", 303, 401),
    ("/annual-tickets/{id}/renew", 303, 401),
    ("/annual-tickets/{id}/replace", 303, 401),
    ("/annual-tickets/{id}/unblock", 303, 401),
    ("/annual-tickets/{id}/withdraw-link", 303, 401),
    ("/box-office", 303, 405),
    ("/box-office/buyer", 303, 401),
    ("/box-office/pay", 405, 401),
    ("/box-office/scan", 405, 401),
    ("/campaigns", 303, 405),
    ("/campaigns/codes/sample.csv", 303, 405),
    ("/campaigns/codes/sample.xlsx", 303, 405),
    ("/campaigns/codes/{code}", 303, 401),
    ("/campaigns/codes/{code}/delete", 405, 401),
    ("/campaigns/example", 405, 401),
    ("/campaigns/expert", 303, 401),
    ("/campaigns/new", 303, 401),
    ("/campaigns/{key}", 303, 405),
    ("/campaigns/{key}/archived", 405, 401),
    ("/campaigns/{key}/check", 303, 405),
    ("/campaigns/{key}/codes", 303, 401),
    ("/campaigns/{key}/codes/batch", 405, 401),
    ("/campaigns/{key}/codes/export.csv", 303, 405),
    ("/campaigns/{key}/codes/export.xlsx", 303, 405),
    ("/campaigns/{key}/codes/import", 303, 401),
    ("/campaigns/{key}/codes/import/{file}", 303, 401),
    ("/campaigns/{key}/codes/import/{file}/problems.csv", 303, 405),
    ("/campaigns/{key}/copy", 405, 401),
    ("/campaigns/{key}/delete", 303, 401),
    ("/campaigns/{key}/edit", 303, 401),
    ("/campaigns/{key}/enabled", 405, 401),
    ("/campaigns/{key}/expert", 303, 401),
    ("/campaigns/{key}/position", 405, 401),
    ("/campaigns/{key}/texts", 303, 401),
    ("/campaigns/{key}/versions/{version}", 303, 401),
    ("/campaigns/{key}/what-if", 303, 405),
    ("/cards/{id}", 303, 405),
    ("/cards/{id}/keep", 405, 401),
    ("/cards/{id}/make-ready", 405, 401),
    ("/cards/{id}/portrait.jpg", 303, 405),
    ("/cards/{id}/prepare-again", 405, 401),
    ("/cards/{id}/preview.png", 303, 405),
    ("/cards/{id}/print-now", 303, 401),
    ("/cards/{id}/undo", 303, 401),
    ("/cards/{id}/way", 303, 401),
    ("/customers", 303, 405),
    ("/customers/export.csv", 303, 405),
    ("/customers/import", 303, 401),
    ("/customers/import/confirm", 405, 401),
    ("/customers/lists", 303, 401),
    ("/customers/{id}", 303, 401),
    ("/customers/{id}/forget", 303, 401),
    ("/customers/{id}/lists", 405, 401),
    ("/customers/{id}/merge", 303, 401),
    ("/customers/{id}/unlink", 405, 401),
    ("/day-ends", 303, 401),
    ("/day-ends/desk", 405, 401),
    ("/day-ends/new", 303, 405),
    ("/day-ends/{id}", 303, 405),
    ("/day-ends/{id}/report.pdf", 303, 405),
    ("/desk", 303, 405),
    ("/entry", 303, 401),
    ("/entry/admissions", 405, 401),
    ("/entry/pin", 303, 401),
    ("/entry/pin/remove", 405, 401),
    ("/entry/portraits/{id}", 303, 405),
    ("/entry/pulse", 303, 405),
    ("/entry/station", 405, 401),
    ("/help", 200, 405),
    ("/imprint", 200, 405),
    ("/invoices", 303, 405),
    ("/invoices/remind", 405, 401),
    ("/mailroom", 303, 405),
    ("/mailroom/boxes", 303, 401),
    ("/mailroom/boxes/{id}", 303, 405),
    ("/mailroom/boxes/{id}/close", 405, 401),
    ("/mailroom/boxes/{id}/scan", 405, 401),
    ("/mailroom/boxes/{id}/send", 405, 401),
    ("/mailroom/deposited/list.pdf", 303, 405),
    ("/mailroom/handover", 303, 401),
    ("/mailroom/handover/scan", 405, 401),
    ("/mailroom/label.pdf", 303, 405),
    ("/mailroom/pack", 303, 405),
    ("/mailroom/pack/letter.pdf", 303, 405),
    ("/mailroom/pack/scan", 405, 401),
    ("/mailroom/pickup", 303, 405),
    ("/mailroom/places", 303, 405),
    ("/mailroom/places/cards", 303, 405),
    ("/mailroom/post/letters.pdf", 303, 405),
    ("/mailroom/sent", 303, 405),
    ("/mailroom/sent/export.csv", 303, 405),
    ("/mailroom/sent/list.pdf", 303, 405),
    ("/mailroom/{list}", 303, 401),
    ("/mailroom/{list}/confirm", 405, 401),
    ("/mailroom/{list}/export.csv", 303, 405),
    ("/mailroom/{list}/scan", 405, 401),
    ("/my", 200, 405),
    ("/my/enter/{token}", 404, 404),
    ("/my/forget", 303, 303),
    ("/my/link", 405, 400),
    ("/my/newsletter", 405, 400),
    ("/my/sign-out", 405, 303),
    ("/orders", 303, 405),
    ("/orders/export.csv", 303, 405),
    ("/orders/{id}", 303, 405),
    ("/orders/{id}/cancel", 303, 401),
    ("/orders/{id}/documents.pdf", 303, 405),
    ("/orders/{id}/link", 405, 401),
    ("/orders/{id}/payment", 405, 401),
    ("/orders/{id}/receipt.pdf", 303, 405),
    ("/orders/{id}/tickets.pdf", 303, 405),
    ("/orders/{id}/vouchers.pdf", 303, 405),
    ("/p/{token}", 404, 404),
    ("/p/{token}/address", 404, 404),
    ("/p/{token}/check", 404, 405),
    ("/p/{token}/finalize", 405, 400),
    ("/p/{token}/photo", 404, 404),
    ("/p/{token}/preview.png", 404, 404),
    ("/partner/{token}", 404, 405),
    ("/partner/{token}/book", 405, 404),
    ("/partners", 303, 405),
    ("/partners/new", 303, 401),
    ("/partners/{key}", 303, 401),
    ("/partners/{key}/links", 405, 401),
    ("/partners/{key}/requests/{id}", 405, 401),
    ("/password", 303, 401),
    ("/password/forgotten", 200, 400),
    ("/password/{token}", 404, 400),
    ("/phone-orders", 303, 401),
    ("/preferences", 405, 400),
    ("/print", 303, 405),
    ("/print-jobs/{id}", 303, 405),
    ("/print-jobs/{id}/checked", 405, 401),
    ("/print-jobs/{id}/scan", 405, 401),
    ("/print-jobs/{id}/stop", 405, 401),
    ("/print-runs", 303, 401),
    ("/print-runs/new", 303, 405),
    ("/print-runs/{id}", 303, 405),
    ("/print-runs/{id}/cancel", 303, 401),
    ("/print-runs/{id}/check", 303, 401),
    ("/print-runs/{id}/files/{name}", 303, 405),
    ("/print-runs/{id}/print", 405, 401),
    ("/print-runs/{id}/scan-back", 405, 401),
    ("/print/export.csv", 303, 405),
    ("/privacy", 200, 405),
    ("/reports", 303, 405),
    ("/reports/{report}", 303, 405),
    ("/reports/{report}/export.csv", 303, 405),
    ("/reports/{report}/export.xlsx", 303, 405),
    ("/scan", 303, 405),
    ("/search", 303, 405),
    ("/shop", 200, 405),
    ("/shop/basket", 200, 303),
    ("/shop/checkout", 303, 303),
    ("/shop/checkout/hold", 405, 303),
    ("/shop/events", 200, 405),
    ("/shop/events/{key}", 404, 405),
    ("/shop/lost-link", 200, 400),
    ("/shop/orders", 405, 303),
    ("/shop/orders/{token}", 404, 405),
    ("/shop/orders/{token}/receipt.pdf", 404, 405),
    ("/shop/orders/{token}/tickets.pdf", 404, 405),
    ("/shop/orders/{token}/vouchers.pdf", 404, 405),
    ("/shop/partner/leave", 405, 303),
    ("/sign-in", 200, 400),
    ("/sign-out", 405, 303),
    ("/undo", 303, 401),
    ("/terms", 200, 405),
    ("/stock/{token}", 404, 400),
    ("/vouchers/{code}", 303, 405),
    ("/vouchers/{code}/exchange", 303, 401),
    ("/vouchers/{code}/replace", 405, 401),
    ("/vouchers/{code}/voucher.pdf", 303, 405),
];

#[test]
fn every_page_route_is_listed() {
    let mut found = BTreeSet::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    collect(&root, &root, &mut found);
    let listed: BTreeSet<String> = ROUTES.iter().map(|(path, ..)| (*path).to_owned()).collect();
    assert_eq!(found, listed);
}

on_both_databases! {
    async fn strangers_get_what_is_listed_and_always_a_page(app: TestApp) {
        let mut browser = app.browser();
        for &(path, get, post) in ROUTES {
            let path = path.replace("{token}", "nobodys");
            for (answer, status) in [(browser.get(&path).await, get), (browser.post(&path, &[]).await, post)] {
                assert_eq!(answer.status, status, "{path}: {}", answer.text());
                if status != 303 {
                    assert!(answer.text().starts_with("<!doctype html>"), "{path}: {}", answer.text());
                    assert!(answer.headers["content-security-policy"].to_str().expect("text").starts_with("default-src 'none'"));
                }
            }
        }
    }

    async fn pages_hold_neither_scripts_nor_styles_nor_addresses_elsewhere(app: TestApp) {
        let mut browser = app.browser();
        for path in ["/", "/sign-in", "/nothing-here"] {
            let page = browser.get(path).await.text();
            let scripts = page.matches("<script").count();
            assert_eq!(scripts, page.matches("<script type=\"module\" src=\"/assets/").count(), "{path}");
            for forbidden in ["style=", "<style", "onclick", "http://", "https://"] {
                assert!(!page.contains(forbidden), "{path} holds {forbidden}");
            }
        }
    }
}

/// The paths in `.route("..")` of all page modules.
fn collect(root: &Path, folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(root, &path, found);
            continue;
        }
        let inner = path.strip_prefix(root).expect("inside").to_string_lossy().into_owned();
        let is_page = inner.contains("/web/") || inner.starts_with("web/");
        let text = fs::read_to_string(&path).expect("a source");
        for rest in text.split(".route(\"").skip(1).filter(|_| is_page) {
            let route = rest.split('"').next().expect("a path");
            if passepartout::web::pages::is_page(route) {
                found.insert(route.to_owned());
            }
        }
    }
}
