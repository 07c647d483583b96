//! `GET /api/access/reviews/{id}/export`

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header;
use platform_core::access_review::{AccessReview, Frozen, FrozenRow, ReviewText};
use platform_core::ids::ReviewId;
use platform_core::named;
use platform_http::Problem;
use platform_http::extract::{Id, Query};
use platform_http::gate::Reader;
use platform_http::page::{MOST_BYTES, Paged};
use platform_http::table;
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

use crate::review_row::{RowRule, RowView};
use crate::review_view::find;

/// Rows of a part.
const MOST_ROWS: usize = 20_000;
const COLUMNS: [&str; 21] = [
    "subject",
    "subject id",
    "peer",
    "peer id",
    "certain",
    "reached",
    "perhaps",
    "of",
    "open",
    "may be open",
    "why unknown",
    "policy",
    "policy id",
    "rule",
    "rule name",
    "by groups",
    "last changed",
    "last changed by",
    "decision",
    "signed by",
    "signed at",
];

named! {
    /// What a review is written as.
    pub enum ReviewFormat {
        /// A row as JSON on each line, in the form of RFC 8785: the SHA-256 of the file is the review's digest.
        Jsonl = "jsonl",
        /// Comma-separated values (RFC 4180), in UTF-8; a line for each rule that lets a peer in. What a spreadsheet would take
        /// for a formula begins with an apostrophe.
        Csv = "csv",
    }
}

#[derive(Deserialize, Serialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ExportQuery {
    /// `jsonl` if absent.
    #[param(inline)]
    format: Option<ReviewFormat>,
    /// Only of this group or resource: `group:ID` or `resource:ID`.
    subject_id: Option<String>,
    /// Rows of a part, 1 to 20000; 20000 if absent.
    limit: Option<usize>,
    /// Where the last part ended, from its `Link` header.
    cursor: Option<String>,
}

/// Export an access review
///
/// All of its rows as a file. A large one comes in parts: while there is a `Link` header to the next one, it goes on there, and the
/// parts one after the other are the file; of CSV only the first part has the line of names.
#[utoipa::path(get, path = "/api/access/reviews/{id}/export", operation_id = "exportAccessReview", tag = "access",
    params(("id" = Uuid, Path), ExportQuery),
    responses((status = 200, description = "A part of the rows", content(
        (String = "application/x-ndjson"), (String = "text/csv"))),
    (status = 404, description = "No such review")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Id(id): Id<Uuid>,
    Query(query): Query<ExportQuery>,
) -> Result<Response, Problem> {
    let limit = query.limit.unwrap_or(MOST_ROWS);
    if !(1..=MOST_ROWS).contains(&limit) {
        return Err(Problem::field("/limit", format!("must be from 1 to {MOST_ROWS}")));
    }
    let format = query.format.unwrap_or(ReviewFormat::Jsonl);
    let list = Paged::of(reader.tenant, &format!("/api/access/reviews/{id}/export"), &query);
    let after = list.open(query.cursor.as_deref())?;
    let first = after.as_ref().map_or(0, |after| after.parse().unwrap_or(usize::MAX));
    let id = ReviewId::from_uuid(id);
    let (review, text) = find(&platform, reader.tenant, id).await?;
    let _turn = platform.list_turn(reader.tenant).await?;
    let rows = platform.store.review_rows(reader.tenant, id).await?;
    let subject = query.subject_id.clone();
    let part = Part { review, text, rows, subject, first, limit, format, has_names: after.is_none() };
    let (kind, ending) = match format {
        ReviewFormat::Jsonl => ("application/x-ndjson", "jsonl"),
        ReviewFormat::Csv => ("text/csv; charset=utf-8", "csv"),
    };
    let name = format!("access-review-{}.{ending}", part.review.made_at.strftime("%Y-%m-%d"));
    let written = tokio::task::spawn_blocking(move || part.write());
    let (body, next) = written.await.map_err(Problem::internal)??;
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok(list.linked((headers, body).into_response(), next.map(|next| next.to_string()).as_deref(), limit))
}

struct Part {
    review: AccessReview,
    text: ReviewText,
    rows: Frozen,
    subject: Option<String>,
    first: usize,
    limit: usize,
    format: ReviewFormat,
    has_names: bool,
}

impl Part {
    /// As many rows as fit, at least one, and where the next part begins.
    fn write(&self) -> Result<(Vec<u8>, Option<usize>), Problem> {
        let mut file = Vec::new();
        if self.format == ReviewFormat::Csv && self.has_names {
            table::row(&mut file, COLUMNS.map(str::to_owned)).map_err(Problem::internal)?;
        }
        let is_wanted = |row: &FrozenRow<'_>| {
            let key = self.text.subjects.get(row.subject).map(|one| &one.key);
            self.subject.is_none() || key == self.subject.as_ref()
        };
        let rows = self.rows.rows().filter(is_wanted).enumerate().skip(self.first);
        for (written, (nth, row)) in rows.enumerate() {
            let before = file.len();
            if written == self.limit {
                return Ok((file, Some(nth)));
            }
            self.write_row(&mut file, row)?;
            if written > 0 && file.len() > MOST_BYTES {
                file.truncate(before);
                return Ok((file, Some(nth)));
            }
        }
        Ok((file, None))
    }

    fn write_row(&self, file: &mut Vec<u8>, row: FrozenRow<'_>) -> Result<(), Problem> {
        let view = RowView::new(&self.text.subjects, &self.rows, row);
        if self.format == ReviewFormat::Jsonl {
            file.extend(view.line()?);
            return Ok(());
        }
        let rules: Vec<Option<&RowRule>> = match view.rules.as_slice() {
            [] => vec![None],
            rules => rules.iter().map(Some).collect(),
        };
        rules
            .into_iter()
            .try_for_each(|rule| table::row(file, self.cells(&view, rule, row.subject)).map_err(Problem::internal))
    }

    fn cells(&self, row: &RowView, rule: Option<&RowRule>, subject: usize) -> [String; 21] {
        let sign_off = self.text.subjects.get(subject).and_then(|one| self.text.sign_offs.get(one.sign_off?));
        let of_rule = |text: &dyn Fn(&RowRule) -> String| rule.map(text).unwrap_or_default();
        [
            row.subject_name.clone(),
            row.subject_id.clone(),
            row.peer_name.clone(),
            row.peer_id.clone(),
            if row.is_certain { "yes" } else { "unknown" }.to_owned(),
            row.reached.to_string(),
            row.perhaps.to_string(),
            row.targets.to_string(),
            row.open.join("; "),
            row.may_be_open.join("; "),
            row.unknown.clone().unwrap_or_default(),
            of_rule(&|rule| rule.policy_name.clone()),
            of_rule(&|rule| rule.policy_id.clone()),
            of_rule(&|rule| (rule.rule + 1).to_string()),
            of_rule(&|rule| rule.rule_name.clone()),
            of_rule(&|rule| rule.groups.join("; ")),
            of_rule(&|rule| match rule.last_changed_at {
                Some(at) => at.to_string(),
                None => format!("not since {}", self.text.watched_since),
            }),
            of_rule(&|rule| rule.last_changed_by.clone().unwrap_or_default()),
            sign_off.map(|one| one.decision.name().to_owned()).unwrap_or_default(),
            sign_off.map(|one| one.by.name.clone()).unwrap_or_default(),
            sign_off.map(|one| one.at.to_string()).unwrap_or_default(),
        ]
    }
}
