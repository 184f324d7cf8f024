//! Strangers are refused, and so is everyone whose role does not allow it, before a request's shape is looked at.
//!
//! The list of who may do what stands in `tests/golden/who_may.txt`, for people to read, and is compared with the API document.
//! After a wanted change write it anew with `UPDATE_GOLDEN=1 cargo test --test it who_may`.

use crate::support::TestApp;
use passepartout::kernel::roles::Role;
use reqwest::Method;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use testkit::{Answer, Client};

/// The paths that the API document does not tell of, and who may call them.
const BESIDE_THE_DOCUMENT: [(&str, Door); 15] = [
    ("/", Door::Open),
    ("/api/v1/openapi.json", Door::Open),
    ("/assets/{name}", Door::Open),
    ("/changes", Door::Gate(Method::GET)),
    ("/demo/{name}", Door::OnlyInTheDemo),
    ("/foreign", Door::Gate(Method::GET)),
    ("/healthz", Door::Open),
    ("/keys", Door::Gate(Method::GET)),
    ("/metrics", Door::Open),
    ("/pair", Door::Gate(Method::POST)),
    ("/readyz", Door::Open),
    ("/scans", Door::Gate(Method::POST)),
    ("/scopes", Door::Gate(Method::GET)),
    ("/snapshot", Door::Gate(Method::GET)),
    ("/wait", Door::Gate(Method::GET)),
];

/// Who may come in where no API key is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Door {
    /// Everyone.
    Open,
    /// A paired gate, by its signature; `/pair` by the code of the device. The paths stand under `/gate/v1`.
    Gate(Method),
    /// Everyone, and only where the demo runs.
    OnlyInTheDemo,
}

/// One operation of the API document.
struct Operation {
    method: Method,
    path: String,
    /// The roles that may call it beside an admin; none where no API key is needed.
    roles: Option<Vec<Role>>,
    /// Who may call it, in words.
    who: String,
}

#[tokio::test]
async fn the_list_of_who_may_do_what_is_as_agreed() {
    let app = TestApp::on(db::Backend::Sqlite).await;
    let mut list = String::new();
    for operation in operations(&app).await {
        writeln!(list, "{} {}: {}", operation.method, operation.path, operation.who).expect("a line");
    }
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/who_may.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&golden, &list).expect("the list is written");
    }
    let agreed = std::fs::read_to_string(&golden).unwrap_or_default();
    let only_in = |one: &str, other: &str| {
        let lines = one.lines().filter(|line| !other.lines().any(|same| same == *line)).map(str::to_owned);
        lines.collect::<Vec<_>>()
    };
    assert_eq!(only_in(&list, &agreed), Vec::<String>::new(), "operations that {} does not have so", golden.display());
    assert_eq!(only_in(&agreed, &list), Vec::<String>::new(), "operations that only {} has so", golden.display());
}

on_both_databases! {
    async fn strangers_and_wrong_roles_are_refused_everywhere(app: TestApp) {
        let operations = operations(&app).await;
        assert!(operations.len() > 30, "the API document has operations");
        for operation in &operations {
            let Some(allowed) = &operation.roles else { continue };
            let answer = operation.call(&app.stranger()).await;
            answer.expect_refusal(401, "unauthorized");
            let answer = operation.call(&app.stranger().with_key("pp_nonsense")).await;
            answer.expect_refusal(401, "unauthorized");
            for role in Role::ALL {
                let answer = operation.call(&app.role(role)).await;
                if role == Role::Admin || allowed.contains(&role) {
                    assert!(![401, 403].contains(&answer.status), "{role} may {} {}", operation.method, operation.path);
                } else {
                    answer.expect_refusal(403, "forbidden");
                }
            }
        }
    }
}

#[test]
fn every_path_beside_the_document_is_known() {
    let known: BTreeSet<String> = BESIDE_THE_DOCUMENT.iter().map(|(path, _)| (*path).to_owned()).collect();
    let found = plain_routes(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    assert_eq!(found, known);
}

on_both_databases! {
    async fn doors_beside_the_document_open_for_whom_they_should(app: TestApp) {
        for (path, door) in &BESIDE_THE_DOCUMENT {
            match door {
                Door::Open => drop(app.stranger().get(&path.replace("{name}", "app.css")).await.expect(200)),
                Door::OnlyInTheDemo => drop(app.stranger().get(path).await.expect(404)),
                Door::Gate(method) => {
                    for client in [app.stranger(), app.admin()] {
                        let request = client.request(method.clone(), &format!("/gate/v1{path}")).body("{}");
                        let answer = Answer::to(request).await;
                        assert!([400, 401, 403, 422].contains(&answer.status), "{path}: {} {}", answer.status, answer.text());
                    }
                }
            }
        }
    }
}

/// The paths in all calls of `.route("..")`: what is not described by an operation.
fn plain_routes(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder).expect("sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            // Pages have a list of their own in pages_routes.rs.
            let is_of_pages = path.ends_with("pages") || (path.ends_with("web") && !folder.ends_with("src"));
            found.extend(if is_of_pages { BTreeSet::new() } else { plain_routes(&path) });
        } else {
            let text = std::fs::read_to_string(&path).expect("a source");
            let calls = text.split(".route(").skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"'));
            found.extend(calls.filter_map(|rest| rest.split('"').next()).map(str::to_owned));
        }
    }
    found
}

impl Operation {
    /// A request without any sense: whoever may call the operation is told so.
    async fn call(&self, client: &Client) -> Answer {
        let mut path = String::new();
        for (index, part) in self.path.split(['{', '}']).enumerate() {
            path.push_str(if index % 2 == 0 { part } else { "00000000-0000-7000-8000-000000000000" });
        }
        Answer::to(client.request(self.method.clone(), &path).body("no JSON")).await
    }
}

async fn operations(app: &TestApp) -> Vec<Operation> {
    let document = app.stranger().get("/api/v1/openapi.json").await.expect(200);
    let paths = document["paths"].as_object().expect("paths");
    let mut operations: Vec<Operation> = paths
        .iter()
        .flat_map(|(path, methods)| {
            let methods = methods.as_object().expect("methods");
            methods.iter().filter(|(_, operation)| operation.is_object()).map(|(method, operation)| Operation {
                method: method.to_uppercase().parse().expect("a method"),
                path: path.clone(),
                roles: roles_of(operation),
                who: who_may(operation),
            })
        })
        .collect();
    operations.sort_by_key(|operation| (operation.path.clone(), operation.method.to_string()));
    operations
}

fn roles_of(operation: &Value) -> Option<Vec<Role>> {
    let scopes = operation["security"].as_array()?.iter().find_map(|requirement| requirement["api_key"].as_array())?;
    Some(scopes.iter().map(|scope| scope.as_str().expect("a word").parse().expect("a role")).collect())
}

fn who_may(operation: &Value) -> String {
    let schemes = operation["security"].as_array().into_iter().flatten().filter_map(Value::as_object);
    let words = schemes.flat_map(|requirement| {
        requirement.iter().flat_map(|(scheme, scopes)| match scopes.as_array() {
            Some(scopes) if scheme == "api_key" && scopes.is_empty() => vec!["admin"],
            Some(scopes) if scheme == "api_key" => scopes.iter().filter_map(Value::as_str).collect(),
            _ => vec![scheme.as_str()],
        })
    });
    let who = words.collect::<Vec<_>>().join(" ");
    if who.is_empty() { "everyone".to_owned() } else { who }
}
