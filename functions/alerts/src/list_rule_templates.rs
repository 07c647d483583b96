//! `GET /api/alerts/rule-templates`

use axum::response::Response;
use platform_core::rule_template::rule_templates;
use platform_http::Problem;
use platform_http::page::whole;

use crate::rule_template_view::TemplateView;

/// List rule templates
///
/// Rules to start from, what is recommended first. The same for every tenant.
#[utoipa::path(get, path = "/api/alerts/rule-templates", operation_id = "listRuleTemplates", tag = "alerts",
    responses((status = 200, description = "The templates", body = Vec<TemplateView>)))]
pub(crate) async fn handler() -> Result<Response, Problem> {
    let views = rule_templates().iter().map(TemplateView::new).collect::<Result<Vec<_>, _>>()?;
    Ok(whole(views))
}
