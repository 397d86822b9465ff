//! Files that are made when they are asked for, by whoever may see what is in them.

use super::{AppState, answer, asked::Asked, attachment};
use app::error::AppError;
use axum::{
    Extension,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, Uri, header},
    response::{IntoResponse, Response},
};
use engine::{Context, GetError, RequestId, access::Actor};
use model::{FlowFile, FlowId, Letter, Section};

/// Gives a flow schema as a file to be saved.
pub async fn flow(
    State(state): State<AppState>,
    Extension(actor): Extension<Actor>,
    Extension(request_id): Extension<RequestId>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let cx = Context {
        request_id: Some(request_id.clone()),
        ..state.cx.clone()
    };
    match exported(&cx, &actor, &id).await {
        Ok(file) => download(&file, &id),
        Err(error) => {
            let mut error = AppError::from(error);
            if error.status >= 500 {
                error.request_id = Some(request_id.to_string());
            }
            answer::refusal(&state, Asked::of(&uri, &headers), &error)
        }
    }
}

async fn exported(cx: &Context, actor: &Actor, id: &str) -> Result<FlowFile, GetError> {
    actor.may(Section::Flows, Letter::Read)?;
    let id: FlowId = id.parse().map_err(|_| GetError::NotFound(Section::Flows))?;
    engine::flows::export(cx, actor, id).await
}

fn download(file: &FlowFile, id: &str) -> Response {
    let disposition = attachment::header(&file.name, &format!("flow-{id}"), ".json");
    let json = HeaderValue::from_static("application/json");
    let headers = [(header::CONTENT_TYPE, json), (header::CONTENT_DISPOSITION, disposition)];
    (headers, file.to_json()).into_response()
}
