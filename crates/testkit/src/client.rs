//! A client of the API, and what it is answered.

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap};
use reqwest::{Method, RequestBuilder};
use serde_json::Value;

/// A client that speaks to one server with one API key, or as a stranger. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Client {
    base_url: String,
    key: Option<String>,
    http: reqwest::Client,
}

impl Client {
    /// A stranger at the server, for instance at `http://127.0.0.1:8080`.
    ///
    /// # Panics
    /// When there can be no HTTP client.
    pub fn stranger(base_url: impl Into<String>) -> Self {
        // Whoever comes second finds the provider installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = match reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build() {
            Ok(http) => http,
            Err(error) => panic!("no HTTP client: {error}"),
        };
        Self { base_url: base_url.into(), key: None, http }
    }

    /// A client with the key at the same server.
    #[must_use]
    pub fn with_key(&self, key: impl Into<String>) -> Self {
        Self { key: Some(key.into()), ..self.clone() }
    }

    /// The server's address, without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }

    /// POST with a JSON body.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        send(self.request(Method::POST, path).json(body)).await
    }

    /// POST with a JSON body and an idempotency key.
    pub async fn post_once(&self, path: &str, idempotency_key: &str, body: &Value) -> Answer {
        send(self.request(Method::POST, path).header("idempotency-key", idempotency_key).json(body)).await
    }

    /// PUT with a JSON body.
    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        send(self.request(Method::PUT, path).json(body)).await
    }

    /// PUT with the bytes of a file.
    pub async fn put_file(&self, path: &str, content_type: &str, bytes: Vec<u8>) -> Answer {
        send(self.request(Method::PUT, path).header(CONTENT_TYPE, content_type).body(bytes)).await
    }

    /// POST with the bytes of a file.
    pub async fn post_file(&self, path: &str, content_type: &str, bytes: Vec<u8>) -> Answer {
        send(self.request(Method::POST, path).header(CONTENT_TYPE, content_type).body(bytes)).await
    }

    /// PATCH with a JSON body.
    pub async fn patch(&self, path: &str, body: &Value) -> Answer {
        send(self.request(Method::PATCH, path).json(body)).await
    }

    /// DELETE.
    pub async fn delete(&self, path: &str) -> Answer {
        send(self.request(Method::DELETE, path)).await
    }

    /// A request to shape further; send it with [`Answer::to`] or [`Answer::attempt`].
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base_url));
        match &self.key {
            Some(key) => request.header(AUTHORIZATION, format!("Bearer {key}")),
            None => request,
        }
    }
}

/// What the server answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
    asked: String,
}

impl Answer {
    /// The answer to a request.
    ///
    /// # Panics
    /// When there is none.
    pub async fn to(request: RequestBuilder) -> Self {
        send(request).await
    }

    /// The answer to a request, if the server lives to give one.
    ///
    /// # Errors
    /// When the request cannot be made, or the connection breaks before the answer is complete.
    pub async fn attempt(request: RequestBuilder) -> reqwest::Result<Self> {
        let (client, request) = request.build_split();
        let request = request?;
        let asked = format!("{} {}", request.method(), request.url().path());
        let response = client.execute(request).await?;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        Ok(Self { status, headers, body: response.bytes().await?.to_vec(), asked })
    }

    /// The body as JSON; null when it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON of an answer that must have this status.
    ///
    /// # Panics
    /// When it has another.
    #[track_caller]
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{} answered {}: {}", self.asked, self.status, self.text());
        self.json()
    }

    /// Asserts that the answer is a refusal with this status and reason; answers its body.
    ///
    /// # Panics
    /// When it is none.
    #[track_caller]
    pub fn expect_refusal(&self, status: u16, reason: &str) -> Value {
        let body = self.expect(status);
        assert_eq!(body["reason"], reason, "{}: {}", self.asked, self.text());
        let content_type = self.headers.get(CONTENT_TYPE).map(reqwest::header::HeaderValue::as_bytes);
        assert_eq!(content_type, Some(b"application/problem+json".as_slice()), "{}: {}", self.asked, self.text());
        body
    }

    /// Asserts that the answer is 422 `invalid_input` about this path; answers its body.
    ///
    /// # Panics
    /// When it is not.
    #[track_caller]
    pub fn expect_invalid(&self, path: &str, reason: &str) -> Value {
        let body = self.expect_refusal(422, "invalid_input");
        let error = &body["errors"][0];
        assert_eq!(
            (&error["path"], &error["reason"]),
            (&path.into(), &reason.into()),
            "{}: {}",
            self.asked,
            self.text()
        );
        body
    }
}

async fn send(request: RequestBuilder) -> Answer {
    match Answer::attempt(request).await {
        Ok(answer) => answer,
        Err(error) => panic!("no answer: {error:?}"),
    }
}
