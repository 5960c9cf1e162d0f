//! The `JsonSchema` of the data types has the facts of the spec, and their values match it.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod admits;

use admits::{admits, contains, one_or_many};
use ghes_oauth::{
    Authorization, Check, Conditional, Exposed, GetOrCreate, GhesVersion, IssuedToken, Page,
    Revocation, Rotation, SerializeSecrets,
};
use ghes_oauth_codegen::loader;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const SPEC: &str = include_str!("../../openapi/ghes-oauth.yaml");

/// Each exported type with a component in the spec, and how to get its schemas.
macro_rules! components {
    ($($name:ident),* $(,)?) => { [$((stringify!($name), schemas::<ghes_oauth::$name> as fn() -> Vec<Value>)),*] };
}

#[test]
fn the_schemas_of_the_types_are_the_components_of_the_spec() {
    let types = components![
        AccessToken,
        AppPermissions,
        ApplicationGrant,
        Authorization,
        AuthorizationApp,
        AuthorizationId,
        ClientSecret,
        GrantId,
        PermissionLevel,
        ScopedInstallation,
        SimpleUser,
        Timestamp,
        ValidationProblem,
    ];
    let components = spec_components();
    // Bodies are internal to the crate, and `Error` is decoded into a type that is not data.
    let public = components
        .keys()
        .map(String::as_str)
        .filter(|name| !name.ends_with("Body") && *name != "Error");
    assert_eq!(
        types
            .map(|(name, _)| name)
            .into_iter()
            .collect::<BTreeSet<_>>(),
        public.collect(),
        "types here, components of the spec"
    );
    let wrong: Vec<String> = types
        .iter()
        .flat_map(|(name, schemas)| differences(name, &components[*name], &schemas()))
        .collect();
    assert!(
        wrong.is_empty(),
        "{} differences:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn values_match_their_schemas() {
    let authorization = json!({
        "id": 1,
        "app": { "name": "Deployer" },
        "created_at": "2011-09-06T20:39:23Z",
        "installation": { "permissions": { "contents": "read", "quantum": "admin" }, "single_file_paths": ["a"] },
        "scopes": ["repo"],
        "token": "gho_16C7e42F292c6912E7710c838347Ae178B4a",
        "user": { "id": 2, "login": "octocat", "site_admin": false },
    });
    let least = json!({ "id": 1 });
    for authorization in [authorization, least] {
        let page = |next| json!({ "items": [authorization], "next": next, "last": next, "next_is_elsewhere": false, "next_is_unreadable": false });
        for page in [page(Some(2)), page(None)] {
            keeps_to_its_schemas::<Page<Authorization>>(&page);
            keeps_to_its_schemas::<Conditional<Page<Authorization>>>(&json!({ "modified": page }));
        }
        keeps_to_its_schemas::<Conditional<Authorization>>(&json!({ "modified": authorization }));
        let issued = json!({ "token": "gho_16C7e42F292c6912E7710c838347Ae178B4a", "authorization": authorization });
        keeps_to_its_schemas::<IssuedToken>(&issued);
        keeps_to_its_schemas::<GetOrCreate>(&json!({ "created": issued }));
        keeps_to_its_schemas::<GetOrCreate>(&json!({ "existing": authorization }));
        keeps_to_its_schemas::<Rotation>(&json!({ "unchanged": authorization }));
    }
    keeps_to_its_schemas::<Conditional<Authorization>>(&json!("not_modified"));
    keeps_to_its_schemas::<Revocation>(&json!("revoked"));
    keeps_to_its_schemas::<Revocation>(&json!("not_live"));
    keeps_to_its_schemas::<Revocation>(&json!({ "skipped": "classic" }));
    keeps_to_its_schemas::<Check>(&json!({ "skipped": "refresh" }));
    keeps_to_its_schemas::<Rotation>(&json!("old_token_gone"));
}

#[test]
fn a_version_is_a_string_of_numbers() {
    for schema in schemas::<GhesVersion>() {
        assert_eq!(schema["type"], "string");
        assert_eq!(schema["pattern"], r"^\d+\.\d+(\..*)?$");
    }
}

/// The schemas for reading and for writing, which serde's attributes distinguish.
fn schemas<T: JsonSchema>() -> Vec<Value> {
    [
        SchemaSettings::default().for_deserialize(),
        SchemaSettings::default().for_serialize(),
    ]
    .map(|settings| {
        settings
            .into_generator()
            .into_root_schema_for::<T>()
            .to_value()
    })
    .into()
}

fn spec_components() -> BTreeMap<String, Value> {
    let mut document = loader::parse(SPEC).unwrap().to_json();
    let mut components: BTreeMap<String, Value> =
        serde_json::from_value(document["components"]["schemas"].take()).unwrap();
    for component in components.values_mut() {
        let required = component["required"].clone();
        for (name, field) in component["properties"]
            .as_object_mut()
            .into_iter()
            .flatten()
        {
            // The crate reads `null` like an absent field.
            if !contains(&required, name) {
                field["nullable"] = true.into();
            }
        }
    }
    components
}

/// Returns where the schemas for reading and for writing differ from the component.
fn differences(name: &str, component: &Value, schemas: &[Value]) -> Vec<String> {
    let expected = facts(name, component);
    let mut differences = Vec::new();
    for (contract, schema) in ["read", "written"].iter().zip(schemas) {
        let found = facts(name, schema);
        for key in expected
            .keys()
            .chain(found.keys().filter(|key| !expected.contains_key(*key)))
        {
            let [expected, found] =
                [&expected, &found].map(|facts| facts.get(key).map_or("nothing", String::as_str));
            if expected != found {
                differences.push(format!(
                    "{key}, as it is {contract}: {expected} in the spec, {found} in the schema"
                ));
            }
        }
    }
    differences
}

/// The facts of a schema in either dialect: its own, those of each field, and under `*` those of other fields.
fn facts(name: &str, schema: &Value) -> BTreeMap<String, String> {
    let mut facts = BTreeMap::from([(name.to_owned(), types(schema))]);
    for (field, inner) in schema["properties"].as_object().into_iter().flatten() {
        let necessity = if contains(&schema["required"], field) {
            "required"
        } else {
            "optional"
        };
        facts.insert(
            format!("{name}.{field}"),
            format!("{necessity} {}", types(inner)),
        );
    }
    for field in schema["required"].as_array().into_iter().flatten() {
        facts
            .entry(format!("{name}.{}", field.as_str().unwrap()))
            .or_insert("required and not described".into());
    }
    if let Some(others) = schema
        .get("additionalProperties")
        .filter(|others| **others != true)
    {
        facts.insert(format!("{name}.*"), types(others));
    }
    facts
}

/// The types that a value may have, such as `integer int64 | null`. OpenAPI 3.0 has `nullable`, and `allOf` around a reference with
/// a description; JSON Schema has lists of types, and `anyOf`.
fn types(schema: &Value) -> String {
    let mut types = BTreeSet::new();
    if let Some(reference) = schema["$ref"].as_str() {
        types.insert(reference.rsplit('/').next().unwrap().to_owned());
    }
    for inner in ["allOf", "anyOf"]
        .iter()
        .filter_map(|key| schema[key].as_array())
        .flatten()
    {
        types.insert(self::types(inner));
    }
    for ty in one_or_many(&schema["type"]) {
        types.insert(match (ty.as_str().unwrap(), schema["format"].as_str()) {
            ("array", _) => format!("[{}]", self::types(&schema["items"])),
            ("null", _) | (_, None) => ty.as_str().unwrap().to_owned(),
            (ty, Some(format)) => format!("{ty} {format}"),
        });
    }
    if schema["nullable"] == true {
        types.insert("null".to_owned());
    }
    types.into_iter().collect::<Vec<_>>().join(" | ")
}

/// Decodes a value of the type from `json`; it must serialize to the same JSON, and match both schemas.
fn keeps_to_its_schemas<T: JsonSchema + SerializeSecrets + DeserializeOwned>(json: &Value) {
    let value: T = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(serde_json::to_value(Exposed(&value)).unwrap(), *json);
    for schema in schemas::<T>() {
        assert!(
            admits(&schema, &schema, json),
            "{json} does not keep to {schema:#}"
        );
        for wrong in [json!({ "modified_at": json }), json!("gone"), json!(null)] {
            assert!(
                !admits(&schema, &schema, &wrong),
                "{wrong} keeps to {schema:#}"
            );
        }
    }
}
