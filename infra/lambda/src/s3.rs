//! Files of tenants in a bucket.

use std::env;
use std::time::{Duration, SystemTime};

use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{CompletedMultipartUpload, CompletedPart, Delete, ObjectIdentifier};
use jiff::{SignedDuration, Timestamp};
use platform_core::ids::TenantId;
use platform_runtime::files::{FileError, FileName, Files, Part, SavedAs, folder};
use platform_runtime::queue::Future;

use crate::aws::Aws;

/// What S3 says of an upload that is gone, or of whose parts one is not what it was.
const LOST: [&str; 3] = ["NoSuchUpload", "InvalidPart", "InvalidPartOrder"];

/// S3, with the bucket that this function may use.
pub(crate) struct S3 {
    client: aws_sdk_s3::Client,
    bucket: String,
}

impl S3 {
    pub(crate) fn new(aws: &Aws) -> Self {
        Self { client: aws.s3(), bucket: env::var("FILES_BUCKET").unwrap_or_default() }
    }
}

fn failed<E, R>(error: SdkError<E, R>) -> FileError
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    R: std::fmt::Debug + Send + Sync + 'static,
{
    let code = error.as_service_error().and_then(ProvideErrorMetadata::code);
    if code.is_some_and(|code| LOST.contains(&code)) { FileError::Lost } else { other(error) }
}

fn other(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> FileError {
    FileError::Unavailable(error.into())
}

fn part_number(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

impl Files for S3 {
    fn begin<'a>(&'a self, name: &'a FileName, kind: &'static str) -> Future<'a, Result<String, FileError>> {
        Box::pin(async move {
            let request = self.client.create_multipart_upload().bucket(&self.bucket).key(name.path());
            let answer = request.content_type(kind).send().await.map_err(failed)?;
            answer.upload_id.ok_or_else(|| other("S3 named no upload"))
        })
    }

    fn add<'a>(&'a self, name: &'a FileName, upload: &'a str, part: Part) -> Future<'a, Result<String, FileError>> {
        Box::pin(async move {
            let request = self.client.upload_part().bucket(&self.bucket).key(name.path()).upload_id(upload);
            let request = request.part_number(part_number(part.number)).body(ByteStream::from(part.bytes));
            let answer = request.send().await.map_err(failed)?;
            answer.e_tag.ok_or_else(|| other("S3 named no part"))
        })
    }

    fn finish<'a>(
        &'a self,
        name: &'a FileName,
        upload: &'a str,
        parts: &'a [String],
    ) -> Future<'a, Result<(), FileError>> {
        Box::pin(async move {
            let part = |(nth, tag): (usize, &String)| {
                CompletedPart::builder().part_number(part_number(nth + 1)).e_tag(tag).build()
            };
            let parts = parts.iter().enumerate().map(part).collect();
            let parts = CompletedMultipartUpload::builder().set_parts(Some(parts)).build();
            let request = self.client.complete_multipart_upload().bucket(&self.bucket).key(name.path());
            request.upload_id(upload).multipart_upload(parts).send().await.map_err(failed)?;
            Ok(())
        })
    }

    fn abandon<'a>(&'a self, name: &'a FileName, upload: &'a str) -> Future<'a, Result<(), FileError>> {
        Box::pin(async move {
            let request = self.client.abort_multipart_upload().bucket(&self.bucket).key(name.path());
            match request.upload_id(upload).send().await.map_err(failed) {
                Ok(_) | Err(FileError::Lost) => Ok(()),
                Err(error) => Err(error),
            }
        })
    }

    fn link<'a>(
        &'a self,
        name: &'a FileName,
        saved_as: SavedAs,
        (now, good_for): (Timestamp, SignedDuration),
    ) -> Future<'a, Result<String, FileError>> {
        Box::pin(async move {
            let since = Duration::from_secs(u64::try_from(now.as_second()).unwrap_or_default());
            let until = PresigningConfig::builder()
                .start_time(SystemTime::UNIX_EPOCH + since)
                .expires_in(good_for.unsigned_abs())
                .build()
                .map_err(other)?;
            let request = self.client.get_object().bucket(&self.bucket).key(name.path());
            let request = request
                .response_content_type(saved_as.kind)
                .response_content_disposition(format!("attachment; filename=\"{}\"", saved_as.name));
            Ok(request.presigned(until).await.map_err(failed)?.uri().to_owned())
        })
    }

    fn remove<'a>(&'a self, name: &'a FileName) -> Future<'a, Result<(), FileError>> {
        Box::pin(async move {
            self.client.delete_object().bucket(&self.bucket).key(name.path()).send().await.map_err(failed)?;
            Ok(())
        })
    }

    fn remove_some(&self, tenant: TenantId) -> Future<'_, Result<usize, FileError>> {
        Box::pin(async move {
            let request = self.client.list_objects_v2().bucket(&self.bucket).prefix(folder(tenant));
            let found = request.send().await.map_err(failed)?.contents.unwrap_or_default();
            let keys: Vec<_> = found
                .into_iter()
                .filter_map(|object| ObjectIdentifier::builder().key(object.key?).build().ok())
                .collect();
            let number = keys.len();
            if number > 0 {
                let delete = Delete::builder().set_objects(Some(keys)).quiet(true).build().map_err(other)?;
                let answer = self.client.delete_objects().bucket(&self.bucket).delete(delete).send();
                let errors = answer.await.map_err(failed)?.errors.unwrap_or_default();
                if let Some(error) = errors.first() {
                    return Err(other(format!("{} files were not removed: {:?}", errors.len(), error.code)));
                }
            }
            Ok(number)
        })
    }
}
