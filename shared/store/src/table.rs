//! The table's schema, for hosts that make their own. On AWS, `template.yaml` says the same, and has the stream that
//! [`crate::embedded`] gives by other means.

use aws_sdk_dynamodb::operation::create_table::CreateTableError;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection, ProjectionType,
    ScalarAttributeType, TimeToLiveSpecification,
};

use crate::operations::unavailable;
use crate::{Result, Store};

/// Name of the one index.
pub const INDEX: &str = "index1";

impl Store {
    /// Makes the table unless it exists.
    pub async fn create_table(&self) -> Result<()> {
        let key = |name: &str, kind: KeyType| {
            KeySchemaElement::builder().attribute_name(name).key_type(kind).build().expect("name and kind are set")
        };
        let text = |name: &str| {
            AttributeDefinition::builder()
                .attribute_name(name)
                .attribute_type(ScalarAttributeType::S)
                .build()
                .expect("name and type are set")
        };
        let index = GlobalSecondaryIndex::builder()
            .index_name(INDEX)
            .key_schema(key("gsi1pk", KeyType::Hash))
            .key_schema(key("gsi1sk", KeyType::Range))
            .projection(Projection::builder().projection_type(ProjectionType::All).build())
            .build()
            .expect("name and keys are set");
        let created = self
            .client
            .create_table()
            .table_name(&self.table)
            .billing_mode(BillingMode::PayPerRequest)
            .set_attribute_definitions(Some(["pk", "sk", "gsi1pk", "gsi1sk"].map(text).into()))
            .key_schema(key("pk", KeyType::Hash))
            .key_schema(key("sk", KeyType::Range))
            .global_secondary_indexes(index)
            .send()
            .await;
        match created {
            Ok(_) => {}
            Err(error) if error.as_service_error().is_some_and(CreateTableError::is_resource_in_use_exception) => {
                return Ok(());
            }
            Err(error) => return Err(unavailable("CreateTable", error)),
        }
        let ttl = TimeToLiveSpecification::builder().enabled(true).attribute_name("ttl").build();
        self.client
            .update_time_to_live()
            .table_name(&self.table)
            .time_to_live_specification(ttl.expect("all is set"))
            .send()
            .await
            .map_err(|error| unavailable("UpdateTimeToLive", error))?;
        Ok(())
    }
}
