//! The API document is true: requests made from its schemas, sensible ones and hostile ones, are answered as it says.
//!
//! The requests come from a seeded generator, so a failure comes again. `PASSEPARTOUT_API_ROUNDS` asks for more of them.

mod operation;
mod requests;

use crate::support::TestApp;
use operation::Operation;
use requests::Requests;
use testkit::{Answer, Client};

/// Requests per operation.
const ROUNDS: usize = 25;

on_both_databases! {
    async fn every_answer_is_as_the_document_says(app: TestApp) {
        let app = app.furnished().await;
        testkit::museum::add_tour(&app.admin()).await;
        let document = app.stranger().get("/api/v1/openapi.json").await.expect(200);
        let operations = Operation::all(&document);
        assert!(operations.len() > 30, "the document has operations");
        let rounds = std::env::var("PASSEPARTOUT_API_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(ROUNDS);
        let mut requests = Requests::new(&document, 1);
        let mut findings = Vec::new();
        let mut accepted = 0;
        for _ in 0..rounds {
            for operation in &operations {
                let (sent, answer) = requests.send(operation, &caller(&app, operation)).await;
                accepted += usize::from(answer.status < 300);
                findings.extend(operation.finding(&answer).map(|finding| describe(operation, &sent, &answer, &finding)));
                requests.learn(operation, &answer);
            }
            app.run_jobs().await;
        }
        assert!(findings.is_empty(), "{} answers are not as described:\n{}", findings.len(), first_few(&findings));
        assert!(accepted > rounds * 5, "most requests were refused: {accepted} of {}", rounds * operations.len());
    }
}

#[tokio::test]
async fn every_operation_describes_itself_and_its_refusals() {
    let app = TestApp::on(db::Backend::Sqlite).await;
    let document = app.stranger().get("/api/v1/openapi.json").await.expect(200);
    let mut findings = Vec::new();
    for operation in Operation::all(&document) {
        let name = format!("{} {}", operation.method, operation.path);
        if !operation.has_summary {
            findings.push(format!("{name} has no summary"));
        }
        if operation.needs_key && !operation.describes(403) {
            findings.push(format!("{name} does not describe its refusals"));
        }
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

fn caller(app: &TestApp, operation: &Operation) -> Client {
    if operation.needs_key { app.admin() } else { app.stranger() }
}

fn describe(operation: &Operation, sent: &str, answer: &Answer, finding: &str) -> String {
    let answered: String = answer.text().chars().take(400).collect();
    format!(
        "{} {}: {finding}\n    sent {sent}\n    answered {} {answered}",
        operation.method, operation.path, answer.status
    )
}

/// The first finding of each operation and kind, some of them.
fn first_few(findings: &[String]) -> String {
    let mut seen = std::collections::BTreeSet::new();
    let first = findings.iter().filter(|finding| seen.insert(finding.lines().next().unwrap_or_default().to_owned()));
    first.take(20).cloned().collect::<Vec<_>>().join("\n")
}
