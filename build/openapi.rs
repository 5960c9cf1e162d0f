//! The linted document as progenitor wants it: what it looks at, in openapiv3's types.
//!
//! By hand, because openapiv3's derived readers made the build script take half as long again to compile. Whatever the shapes
//! in lint let through and the generator is to see must be read here; tests hold it against the derived readers.

use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, BooleanType, Components, Info, IntegerType,
    MediaType, ObjectType, OpenAPI, Operation, Parameter, ParameterData, ParameterSchemaOrContent,
    PathItem, PathStyle, Paths, QueryStyle, ReferenceOr, RequestBody, Response, Responses, Schema,
    SchemaData, SchemaKind, StatusCode, StringType, Type,
};
use serde_json::Value;

/// Reads a document that has no fault; of any other, what can be read.
pub fn read(spec: &Value) -> OpenAPI {
    let (info, components) = (&spec["info"], &spec["components"]);
    OpenAPI {
        openapi: text(&spec["openapi"]),
        info: Info {
            title: text(&info["title"]),
            description: maybe_text(&info["description"]),
            version: text(&info["version"]),
            ..Info::default()
        },
        paths: Paths {
            paths: named(&spec["paths"], path).collect(),
            ..Paths::default()
        },
        components: Some(Components {
            schemas: named(&components["schemas"], schema).collect(),
            responses: named(&components["responses"], response).collect(),
            parameters: named(&components["parameters"], parameter).collect(),
            ..Components::default()
        }),
        ..OpenAPI::default()
    }
}

fn path(path: &Value) -> PathItem {
    let method = |name| path.get(name).map(operation);
    PathItem {
        get: method("get"),
        post: method("post"),
        put: method("put"),
        patch: method("patch"),
        delete: method("delete"),
        ..PathItem::default()
    }
}

fn operation(operation: &Value) -> Operation {
    let responses = named(&operation["responses"], response)
        .filter_map(|(status, response)| Some((StatusCode::Code(status.parse().ok()?), response)));
    Operation {
        tags: texts(&operation["tags"]),
        summary: maybe_text(&operation["summary"]),
        description: maybe_text(&operation["description"]),
        operation_id: maybe_text(&operation["operationId"]),
        parameters: items(&operation["parameters"], parameter),
        request_body: operation
            .get("requestBody")
            .map(|body| item(body, request_body)),
        responses: Responses {
            responses: responses.collect(),
            ..Responses::default()
        },
        deprecated: operation["deprecated"] == true,
        ..Operation::default()
    }
}

fn parameter(parameter: &Value) -> Parameter {
    let parameter_data = ParameterData {
        name: text(&parameter["name"]),
        description: maybe_text(&parameter["description"]),
        required: parameter["required"] == true,
        deprecated: None,
        format: ParameterSchemaOrContent::Schema(item(&parameter["schema"], schema)),
        example: None,
        examples: Default::default(),
        explode: None,
        extensions: Default::default(),
    };
    if parameter["in"] == "path" {
        Parameter::Path {
            parameter_data,
            style: PathStyle::Simple,
        }
    } else {
        Parameter::Query {
            parameter_data,
            allow_reserved: false,
            style: QueryStyle::Form,
            allow_empty_value: None,
        }
    }
}

fn request_body(body: &Value) -> RequestBody {
    RequestBody {
        content: content(body),
        required: body["required"] == true,
        ..RequestBody::default()
    }
}

fn response(response: &Value) -> Response {
    Response {
        description: text(&response["description"]),
        content: content(response),
        ..Response::default()
    }
}

fn content<T: FromIterator<(String, MediaType)>>(carrier: &Value) -> T {
    let media = |(name, media): (&String, &Value)| {
        (
            name.clone(),
            MediaType {
                schema: media.get("schema").map(|it| item(it, schema)),
                ..MediaType::default()
            },
        )
    };
    entries(&carrier["content"]).map(media).collect()
}

fn schema(schema: &Value) -> Schema {
    let schema_data = SchemaData {
        nullable: schema["nullable"] == true,
        description: maybe_text(&schema["description"]),
        default: schema.get("default").cloned(),
        extensions: entries(schema)
            .filter(|(key, _)| key.starts_with("x-"))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect(),
        ..SchemaData::default()
    };
    Schema {
        schema_data,
        schema_kind: kind(schema),
    }
}

fn kind(schema: &Value) -> SchemaKind {
    SchemaKind::Type(match schema["type"].as_str() {
        Some("string") => Type::String(StringType {
            format: maybe_text(&schema["format"]).into(),
            ..StringType::default()
        }),
        Some("integer") => Type::Integer(IntegerType {
            format: maybe_text(&schema["format"]).into(),
            ..IntegerType::default()
        }),
        Some("boolean") => Type::Boolean(BooleanType::default()),
        Some("array") => Type::Array(ArrayType {
            items: schema.get("items").map(|it| item(it, boxed)),
            min_items: None,
            max_items: None,
            unique_items: false,
        }),
        Some("object") => Type::Object(object(schema)),
        _ if schema.get("allOf").is_some() => {
            return SchemaKind::AllOf {
                all_of: items(&schema["allOf"], self::schema),
            };
        }
        _ => return SchemaKind::Any(AnySchema::default()),
    })
}

fn object(schema: &Value) -> ObjectType {
    ObjectType {
        properties: named(&schema["properties"], boxed).collect(),
        required: texts(&schema["required"]),
        additional_properties: schema
            .get("additionalProperties")
            .map(|it| AdditionalProperties::Schema(Box::new(item(it, self::schema)))),
        ..ObjectType::default()
    }
}

fn boxed(schema: &Value) -> Box<Schema> {
    Box::new(self::schema(schema))
}

/// What stands under each name of a mapping.
fn named<T>(
    mapping: &Value,
    read: fn(&Value) -> T,
) -> impl Iterator<Item = (String, ReferenceOr<T>)> {
    entries(mapping).map(move |(name, value)| (name.clone(), item(value, read)))
}

fn items<T>(list: &Value, read: fn(&Value) -> T) -> Vec<ReferenceOr<T>> {
    list.as_array()
        .into_iter()
        .flatten()
        .map(|value| item(value, read))
        .collect()
}

/// The value itself, or the reference that stands in its place.
fn item<T>(value: &Value, read: fn(&Value) -> T) -> ReferenceOr<T> {
    match value["$ref"].as_str() {
        Some(reference) => ReferenceOr::ref_(reference),
        None => ReferenceOr::Item(read(value)),
    }
}

fn entries(mapping: &Value) -> impl Iterator<Item = (&String, &Value)> {
    mapping.as_object().into_iter().flatten()
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().map(text).collect()
}

fn text(value: &Value) -> String {
    maybe_text(value).unwrap_or_default()
}

fn maybe_text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::super::lint;
    use super::*;

    #[test]
    fn nothing_is_read_otherwise_than_by_the_derived_readers() {
        let spec = lint::read(include_str!("../openapi/ghes-oauth.yaml"))
            .unwrap()
            .to_json();
        let mut derived: OpenAPI = serde_json::from_value(spec.clone()).unwrap();
        forget_what_progenitor_does_not_look_at(&mut derived);
        assert_eq!(read(&spec), derived);
    }

    #[test]
    fn each_kind_of_schema_is_read() {
        for text in [
            r#"{"type": "string", "format": "password", "nullable": true, "default": "a", "x-max-length": 3}"#,
            r#"{"type": "integer", "format": "int64", "default": 30, "description": "How many."}"#,
            r#"{"type": "boolean", "default": false}"#,
            r#"{"type": "array", "items": {"type": "array", "items": {}}}"#,
            r##"{"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/b"}}, "additionalProperties": {"$ref": "#/b"}}"##,
            r##"{"allOf": [{"$ref": "#/b"}], "nullable": true, "description": "One of them."}"##,
            r#"{"description": "Anything."}"#,
        ] {
            assert_eq!(
                schema(&serde_json::from_str(text).unwrap()),
                serde_json::from_str(text).unwrap()
            );
        }
    }

    fn forget_what_progenitor_does_not_look_at(api: &mut OpenAPI) {
        (api.servers, api.tags) = Default::default();
        for (_, item) in &mut api.paths.paths {
            let ReferenceOr::Item(path) = item else {
                continue;
            };
            let operations = [
                &mut path.get,
                &mut path.post,
                &mut path.put,
                &mut path.patch,
                &mut path.delete,
            ];
            for operation in operations.into_iter().flatten() {
                (operation.external_docs, operation.extensions) = Default::default();
                operation
                    .responses
                    .responses
                    .values_mut()
                    .for_each(forget_headers);
            }
        }
        let components = api.components.as_mut().unwrap();
        (components.headers, components.security_schemes) = Default::default();
        components.responses.values_mut().for_each(forget_headers);
        for parameter in components.parameters.values_mut() {
            let ReferenceOr::Item(
                Parameter::Path { parameter_data, .. } | Parameter::Query { parameter_data, .. },
            ) = parameter
            else {
                continue;
            };
            parameter_data.extensions.clear();
        }
    }

    fn forget_headers(response: &mut ReferenceOr<Response>) {
        if let ReferenceOr::Item(response) = response {
            response.headers.clear();
        }
    }
}
