// Generated from openapi/ghes-oauth.yaml by progenitor and the passes of codegen/src/passes.rs.
// To see it: cargo xtask show. To change it: edit the spec, then cargo xtask regen.
use crate::request::condition::{NoCondition, TakesCondition};
use crate::request::{draft::Client, path::path_segment, prepared::Prepared};
use crate::response::raw::RawResponse;
impl Client<'_> {
    pub(crate) fn oauth_authorizations_list_grants<'a>(
        &'a self,
    ) -> Result<
        Prepared<::std::vec::Vec<types::ApplicationGrant>, TakesCondition>,
        crate::error::error::Error,
    > {
        let url = format!("{}/applications/grants", self.baseurl,);
        let request = self.client.get(url).build()?;
        Ok(
            Prepared::new(
                &operations::OAUTH_AUTHORIZATIONS_LIST_GRANTS,
                request,
                RawResponse::json,
            ),
        )
    }
    pub(crate) fn oauth_authorizations_get_grant<'a>(
        &'a self,
        grant_id: &'a crate::model::id::GrantId,
    ) -> Result<
        Prepared<types::ApplicationGrant, TakesCondition>,
        crate::error::error::Error,
    > {
        let url = format!(
            "{}/applications/grants/{}", self.baseurl, path_segment("grant_id", &
            grant_id) ?,
        );
        let request = self.client.get(url).build()?;
        Ok(
            Prepared::new(
                &operations::OAUTH_AUTHORIZATIONS_GET_GRANT,
                request,
                RawResponse::json,
            ),
        )
    }
    pub(crate) fn oauth_authorizations_delete_grant<'a>(
        &'a self,
        grant_id: &'a crate::model::id::GrantId,
    ) -> Result<Prepared<(), NoCondition>, crate::error::error::Error> {
        let url = format!(
            "{}/applications/grants/{}", self.baseurl, path_segment("grant_id", &
            grant_id) ?,
        );
        let request = self.client.delete(url).build()?;
        Ok(
            Prepared::new(
                &operations::OAUTH_AUTHORIZATIONS_DELETE_GRANT,
                request,
                RawResponse::empty,
            ),
        )
    }
    pub(crate) fn apps_delete_authorization<'a>(
        &'a self,
        client_id: &'a str,
        body: &'a types::AccessTokenBody,
    ) -> Result<Prepared<(), NoCondition>, crate::error::error::Error> {
        let url = format!(
            "{}/applications/{}/grant", self.baseurl, path_segment("client_id", &
            client_id) ?,
        );
        let request = self.client.delete(url).json(&body).build()?;
        Ok(
            Prepared::new(
                &operations::APPS_DELETE_AUTHORIZATION,
                request,
                RawResponse::empty,
            ),
        )
    }
    pub(crate) fn apps_revoke_grant_for_application<'a>(
        &'a self,
        client_id: &'a str,
        access_token: &'a crate::secret::newtypes::AccessToken,
    ) -> Result<Prepared<(), NoCondition>, crate::error::error::Error> {
        let url = format!(
            "{}/applications/{}/grants/{}", self.baseurl, path_segment("client_id", &
            client_id) ?, path_segment("access_token", & access_token) ?,
        );
        let request = self.client.delete(url).build()?;
        Ok(
            Prepared::new(
                &operations::APPS_REVOKE_GRANT_FOR_APPLICATION,
                request,
                RawResponse::empty,
            ),
        )
    }
    pub(crate) fn apps_check_token<'a>(
        &'a self,
        client_id: &'a str,
        body: &'a types::AccessTokenBody,
    ) -> Result<
        Prepared<types::Authorization, NoCondition>,
        crate::error::error::Error,
    > {
        let url = format!(
            "{}/applications/{}/token", self.baseurl, path_segment("client_id", &
            client_id) ?,
        );
        let request = self.client.post(url).json(&body).build()?;
        Ok(Prepared::new(&operations::APPS_CHECK_TOKEN, request, RawResponse::json))
    }
    pub(crate) fn apps_delete_token<'a>(
        &'a self,
        client_id: &'a str,
        body: &'a types::AccessTokenBody,
    ) -> Result<Prepared<(), NoCondition>, crate::error::error::Error> {
        let url = format!(
            "{}/applications/{}/token", self.baseurl, path_segment("client_id", &
            client_id) ?,
        );
        let request = self.client.delete(url).json(&body).build()?;
        Ok(Prepared::new(&operations::APPS_DELETE_TOKEN, request, RawResponse::empty))
    }
    pub(crate) fn apps_reset_token<'a>(
        &'a self,
        client_id: &'a str,
        body: &'a types::AccessTokenBody,
    ) -> Result<
        Prepared<types::Authorization, NoCondition>,
        crate::error::error::Error,
    > {
        let url = format!(
            "{}/applications/{}/token", self.baseurl, path_segment("client_id", &
            client_id) ?,
        );
        let request = self.client.patch(url).json(&body).build()?;
        Ok(Prepared::new(&operations::APPS_RESET_TOKEN, request, RawResponse::json))
    }
    pub(crate) fn apps_scope_token<'a>(
        &'a self,
        client_id: &'a str,
        body: &'a types::ScopeTokenBody,
    ) -> Result<
        Prepared<types::Authorization, NoCondition>,
        crate::error::error::Error,
    > {
        let url = format!(
            "{}/applications/{}/token/scoped", self.baseurl, path_segment("client_id", &
            client_id) ?,
        );
        let request = self.client.post(url).json(&body).build()?;
        Ok(Prepared::new(&operations::APPS_SCOPE_TOKEN, request, RawResponse::json))
    }
    pub(crate) fn apps_check_authorization<'a>(
        &'a self,
        client_id: &'a str,
        access_token: &'a crate::secret::newtypes::AccessToken,
    ) -> Result<
        Prepared<::std::option::Option<types::Authorization>, TakesCondition>,
        crate::error::error::Error,
    > {
        let url = format!(
            "{}/applications/{}/tokens/{}", self.baseurl, path_segment("client_id", &
            client_id) ?, path_segment("access_token", & access_token) ?,
        );
        let request = self.client.get(url).build()?;
        Ok(
            Prepared::new(
                &operations::APPS_CHECK_AUTHORIZATION,
                request,
                RawResponse::json,
            ),
        )
    }
    pub(crate) fn apps_reset_authorization<'a>(
        &'a self,
        client_id: &'a str,
        access_token: &'a crate::secret::newtypes::AccessToken,
    ) -> Result<
        Prepared<types::Authorization, NoCondition>,
        crate::error::error::Error,
    > {
        let url = format!(
            "{}/applications/{}/tokens/{}", self.baseurl, path_segment("client_id", &
            client_id) ?, path_segment("access_token", & access_token) ?,
        );
        let request = self.client.post(url).build()?;
        Ok(
            Prepared::new(
                &operations::APPS_RESET_AUTHORIZATION,
                request,
                RawResponse::json,
            ),
        )
    }
    pub(crate) fn apps_revoke_authorization_for_application<'a>(
        &'a self,
        client_id: &'a str,
        access_token: &'a crate::secret::newtypes::AccessToken,
    ) -> Result<Prepared<(), NoCondition>, crate::error::error::Error> {
        let url = format!(
            "{}/applications/{}/tokens/{}", self.baseurl, path_segment("client_id", &
            client_id) ?, path_segment("access_token", & access_token) ?,
        );
        let request = self.client.delete(url).build()?;
        Ok(
            Prepared::new(
                &operations::APPS_REVOKE_AUTHORIZATION_FOR_APPLICATION,
                request,
                RawResponse::empty,
            ),
        )
    }
    pub(crate) fn oauth_authorizations_list_authorizations<'a>(
        &'a self,
    ) -> Result<
        Prepared<::std::vec::Vec<types::Authorization>, TakesCondition>,
        crate::error::error::Error,
    > {
        let url = format!("{}/authorizations", self.baseurl,);
        let request = self.client.get(url).build()?;
        Ok(
            Prepared::new(
                &operations::OAUTH_AUTHORIZATIONS_LIST_AUTHORIZATIONS,
                request,
                RawResponse::json,
            ),
        )
    }
    pub(crate) fn oauth_authorizations_create_authorization<'a>(
        &'a self,
        body: &'a types::CreateAuthorizationBody,
    ) -> Result<
        Prepared<types::Authorization, NoCondition>,
        crate::error::error::Error,
    > {
        let url = format!("{}/authorizations", self.baseurl,);
        let request = self.client.post(url).json(&body).build()?;
        Ok(
            Prepared::new(
                &operations::OAUTH_AUTHORIZATIONS_CREATE_AUTHORIZATION,
                request,
                RawResponse::json,
            ),
        )
    }
    pub(crate) fn oauth_authorizations_get_or_create_authorization_for_app<'a>(
        &'a self,
        client_id: &'a str,
        body: &'a types::GetOrCreateAuthorizationBody,
    ) -> Result<
        Prepared<types::Authorization, NoCondition>,
        crate::error::error::Error,
    > {
        let url = format!(
            "{}/authorizations/clients/{}", self.baseurl, path_segment("client_id", &
            client_id) ?,
        );
        let request = self.client.put(url).json(&body).build()?;
        Ok(
            Prepared::new(
                &operations::OAUTH_AUTHORIZATIONS_GET_OR_CREATE_AUTHORIZATION_FOR_APP,
                request,
                RawResponse::json,
            ),
        )
    }
    pub(crate) fn oauth_authorizations_get_or_create_authorization_for_app_and_fingerprint<
        'a,
    >(
        &'a self,
        client_id: &'a str,
        fingerprint: &'a str,
        body: &'a types::GetOrCreateAuthorizationForFingerprintBody,
    ) -> Result<
        Prepared<types::Authorization, NoCondition>,
        crate::error::error::Error,
    > {
        let url = format!(
            "{}/authorizations/clients/{}/{}", self.baseurl, path_segment("client_id", &
            client_id) ?, path_segment("fingerprint", & fingerprint) ?,
        );
        let request = self.client.put(url).json(&body).build()?;
        Ok(
            Prepared::new(
                &operations::OAUTH_AUTHORIZATIONS_GET_OR_CREATE_AUTHORIZATION_FOR_APP_AND_FINGERPRINT,
                request,
                RawResponse::json,
            ),
        )
    }
    pub(crate) fn oauth_authorizations_get_authorization<'a>(
        &'a self,
        authorization_id: &'a crate::model::id::AuthorizationId,
    ) -> Result<
        Prepared<types::Authorization, TakesCondition>,
        crate::error::error::Error,
    > {
        let url = format!(
            "{}/authorizations/{}", self.baseurl, path_segment("authorization_id", &
            authorization_id) ?,
        );
        let request = self.client.get(url).build()?;
        Ok(
            Prepared::new(
                &operations::OAUTH_AUTHORIZATIONS_GET_AUTHORIZATION,
                request,
                RawResponse::json,
            ),
        )
    }
    pub(crate) fn oauth_authorizations_delete_authorization<'a>(
        &'a self,
        authorization_id: &'a crate::model::id::AuthorizationId,
    ) -> Result<Prepared<(), NoCondition>, crate::error::error::Error> {
        let url = format!(
            "{}/authorizations/{}", self.baseurl, path_segment("authorization_id", &
            authorization_id) ?,
        );
        let request = self.client.delete(url).build()?;
        Ok(
            Prepared::new(
                &operations::OAUTH_AUTHORIZATIONS_DELETE_AUTHORIZATION,
                request,
                RawResponse::empty,
            ),
        )
    }
    pub(crate) fn oauth_authorizations_update_authorization<'a>(
        &'a self,
        authorization_id: &'a crate::model::id::AuthorizationId,
        body: &'a types::UpdateAuthorizationBody,
    ) -> Result<
        Prepared<types::Authorization, NoCondition>,
        crate::error::error::Error,
    > {
        let url = format!(
            "{}/authorizations/{}", self.baseurl, path_segment("authorization_id", &
            authorization_id) ?,
        );
        let request = self.client.patch(url).json(&body).build()?;
        Ok(
            Prepared::new(
                &operations::OAUTH_AUTHORIZATIONS_UPDATE_AUTHORIZATION,
                request,
                RawResponse::json,
            ),
        )
    }
    pub(crate) fn credentials_revoke<'a>(
        &'a self,
        body: &'a types::CredentialsBody,
    ) -> Result<Prepared<(), NoCondition>, crate::error::error::Error> {
        let url = format!("{}/credentials/revoke", self.baseurl,);
        let request = self.client.post(url).json(&body).build()?;
        Ok(Prepared::new(&operations::CREDENTIALS_REVOKE, request, RawResponse::empty))
    }
}
/// The data that goes over the wire.
pub mod types {
    use crate::model::lenient;
    ///Names the token of the call.
    #[derive(Clone)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[non_exhaustive]
    pub struct AccessTokenBody {
        ///The token.
        pub access_token: crate::secret::newtypes::AccessToken,
    }
    impl ::std::fmt::Debug for AccessTokenBody {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            crate::secret::redact::fields(
                f,
                "AccessTokenBody",
                &[("access_token", &self.access_token)],
            )
        }
    }
    crate::secret::serialize::by_field!(refused AccessTokenBody : secret access_token);
    /**Permissions by name, each with its level; an absent permission is not granted.

The fields are the permissions of all GHES versions so far and of github.com. A permission that only a newer server has is kept under its name, too.*/
    #[derive(Clone, Default, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[non_exhaustive]
    pub struct AppPermissions {
        ///The level of `actions`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub actions: Option<crate::model::permission::PermissionLevel>,
        ///The level of `administration`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub administration: Option<crate::model::permission::PermissionLevel>,
        ///The level of `artifact_metadata`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub artifact_metadata: Option<crate::model::permission::PermissionLevel>,
        ///The level of `attestations`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub attestations: Option<crate::model::permission::PermissionLevel>,
        ///The level of `checks`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub checks: Option<crate::model::permission::PermissionLevel>,
        ///The level of `code_quality`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub code_quality: Option<crate::model::permission::PermissionLevel>,
        ///The level of `codespaces`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub codespaces: Option<crate::model::permission::PermissionLevel>,
        ///The level of `content_references`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub content_references: Option<crate::model::permission::PermissionLevel>,
        ///The level of `contents`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub contents: Option<crate::model::permission::PermissionLevel>,
        ///The level of `custom_properties_for_organizations`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub custom_properties_for_organizations: Option<
            crate::model::permission::PermissionLevel,
        >,
        ///The level of `dependabot_secrets`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub dependabot_secrets: Option<crate::model::permission::PermissionLevel>,
        ///The level of `deployments`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub deployments: Option<crate::model::permission::PermissionLevel>,
        ///The level of `discussions`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub discussions: Option<crate::model::permission::PermissionLevel>,
        ///The level of `email_addresses`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub email_addresses: Option<crate::model::permission::PermissionLevel>,
        ///The level of `enterprise_administration`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub enterprise_administration: Option<crate::model::permission::PermissionLevel>,
        ///The level of `enterprise_custom_properties`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub enterprise_custom_properties: Option<
            crate::model::permission::PermissionLevel,
        >,
        ///The level of `enterprise_custom_properties_for_organizations`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub enterprise_custom_properties_for_organizations: Option<
            crate::model::permission::PermissionLevel,
        >,
        ///The level of `enterprise_organization_installation_repositories`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub enterprise_organization_installation_repositories: Option<
            crate::model::permission::PermissionLevel,
        >,
        ///The level of `enterprise_organization_installations`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub enterprise_organization_installations: Option<
            crate::model::permission::PermissionLevel,
        >,
        ///The level of `environments`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub environments: Option<crate::model::permission::PermissionLevel>,
        ///The level of `followers`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub followers: Option<crate::model::permission::PermissionLevel>,
        ///The level of `git_ssh_keys`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub git_ssh_keys: Option<crate::model::permission::PermissionLevel>,
        ///The level of `gpg_keys`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub gpg_keys: Option<crate::model::permission::PermissionLevel>,
        ///The level of `interaction_limits`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub interaction_limits: Option<crate::model::permission::PermissionLevel>,
        ///The level of `issues`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub issues: Option<crate::model::permission::PermissionLevel>,
        ///The level of `members`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub members: Option<crate::model::permission::PermissionLevel>,
        ///The level of `merge_queues`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub merge_queues: Option<crate::model::permission::PermissionLevel>,
        ///The level of `metadata`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub metadata: Option<crate::model::permission::PermissionLevel>,
        ///The level of `organization_administration`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub organization_administration: Option<
            crate::model::permission::PermissionLevel,
        >,
        ///The level of `organization_announcement_banners`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub organization_announcement_banners: Option<
            crate::model::permission::PermissionLevel,
        >,
        ///The level of `organization_copilot_agent_settings`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub organization_copilot_agent_settings: Option<
            crate::model::permission::PermissionLevel,
        >,
        ///The level of `organization_copilot_seat_management`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub organization_copilot_seat_management: Option<
            crate::model::permission::PermissionLevel,
        >,
        ///The level of `organization_custom_org_roles`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub organization_custom_org_roles: Option<
            crate::model::permission::PermissionLevel,
        >,
        ///The level of `organization_custom_properties`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub organization_custom_properties: Option<
            crate::model::permission::PermissionLevel,
        >,
        ///The level of `organization_custom_roles`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub organization_custom_roles: Option<crate::model::permission::PermissionLevel>,
        ///The level of `organization_events`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub organization_events: Option<crate::model::permission::PermissionLevel>,
        ///The level of `organization_hooks`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub organization_hooks: Option<crate::model::permission::PermissionLevel>,
        ///The level of `organization_packages`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub organization_packages: Option<crate::model::permission::PermissionLevel>,
        ///The level of `organization_personal_access_token_requests`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub organization_personal_access_token_requests: Option<
            crate::model::permission::PermissionLevel,
        >,
        ///The level of `organization_personal_access_tokens`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub organization_personal_access_tokens: Option<
            crate::model::permission::PermissionLevel,
        >,
        ///The level of `organization_plan`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub organization_plan: Option<crate::model::permission::PermissionLevel>,
        ///The level of `organization_projects`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub organization_projects: Option<crate::model::permission::PermissionLevel>,
        ///The level of `organization_secrets`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub organization_secrets: Option<crate::model::permission::PermissionLevel>,
        ///The level of `organization_self_hosted_runners`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub organization_self_hosted_runners: Option<
            crate::model::permission::PermissionLevel,
        >,
        ///The level of `organization_user_blocking`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub organization_user_blocking: Option<
            crate::model::permission::PermissionLevel,
        >,
        ///The level of `packages`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub packages: Option<crate::model::permission::PermissionLevel>,
        ///The level of `pages`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub pages: Option<crate::model::permission::PermissionLevel>,
        ///The level of `profile`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub profile: Option<crate::model::permission::PermissionLevel>,
        ///The level of `pull_requests`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub pull_requests: Option<crate::model::permission::PermissionLevel>,
        ///The level of `repository_custom_properties`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub repository_custom_properties: Option<
            crate::model::permission::PermissionLevel,
        >,
        ///The level of `repository_hooks`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub repository_hooks: Option<crate::model::permission::PermissionLevel>,
        ///The level of `repository_projects`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub repository_projects: Option<crate::model::permission::PermissionLevel>,
        ///The level of `secret_scanning_alerts`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub secret_scanning_alerts: Option<crate::model::permission::PermissionLevel>,
        ///The level of `secrets`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub secrets: Option<crate::model::permission::PermissionLevel>,
        ///The level of `security_events`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub security_events: Option<crate::model::permission::PermissionLevel>,
        ///The level of `single_file`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub single_file: Option<crate::model::permission::PermissionLevel>,
        ///The level of `starring`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub starring: Option<crate::model::permission::PermissionLevel>,
        ///The level of `statuses`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub statuses: Option<crate::model::permission::PermissionLevel>,
        ///The level of `team_discussions`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub team_discussions: Option<crate::model::permission::PermissionLevel>,
        ///The level of `vulnerability_alerts`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub vulnerability_alerts: Option<crate::model::permission::PermissionLevel>,
        ///The level of `workflows`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub workflows: Option<crate::model::permission::PermissionLevel>,
        ///The permissions without a separate field, by name. A later release may add a field for one, which then is not in here.
        #[cfg_attr(feature = "schemars", schemars(flatten))]
        pub extra: ::std::collections::BTreeMap<
            String,
            crate::model::permission::PermissionLevel,
        >,
    }
    impl ::std::fmt::Debug for AppPermissions {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            crate::secret::redact::fields(
                f,
                "AppPermissions",
                &[
                    ("actions", &self.actions),
                    ("administration", &self.administration),
                    ("artifact_metadata", &self.artifact_metadata),
                    ("attestations", &self.attestations),
                    ("checks", &self.checks),
                    ("code_quality", &self.code_quality),
                    ("codespaces", &self.codespaces),
                    ("content_references", &self.content_references),
                    ("contents", &self.contents),
                    (
                        "custom_properties_for_organizations",
                        &self.custom_properties_for_organizations,
                    ),
                    ("dependabot_secrets", &self.dependabot_secrets),
                    ("deployments", &self.deployments),
                    ("discussions", &self.discussions),
                    ("email_addresses", &self.email_addresses),
                    ("enterprise_administration", &self.enterprise_administration),
                    ("enterprise_custom_properties", &self.enterprise_custom_properties),
                    (
                        "enterprise_custom_properties_for_organizations",
                        &self.enterprise_custom_properties_for_organizations,
                    ),
                    (
                        "enterprise_organization_installation_repositories",
                        &self.enterprise_organization_installation_repositories,
                    ),
                    (
                        "enterprise_organization_installations",
                        &self.enterprise_organization_installations,
                    ),
                    ("environments", &self.environments),
                    ("followers", &self.followers),
                    ("git_ssh_keys", &self.git_ssh_keys),
                    ("gpg_keys", &self.gpg_keys),
                    ("interaction_limits", &self.interaction_limits),
                    ("issues", &self.issues),
                    ("members", &self.members),
                    ("merge_queues", &self.merge_queues),
                    ("metadata", &self.metadata),
                    ("organization_administration", &self.organization_administration),
                    (
                        "organization_announcement_banners",
                        &self.organization_announcement_banners,
                    ),
                    (
                        "organization_copilot_agent_settings",
                        &self.organization_copilot_agent_settings,
                    ),
                    (
                        "organization_copilot_seat_management",
                        &self.organization_copilot_seat_management,
                    ),
                    (
                        "organization_custom_org_roles",
                        &self.organization_custom_org_roles,
                    ),
                    (
                        "organization_custom_properties",
                        &self.organization_custom_properties,
                    ),
                    ("organization_custom_roles", &self.organization_custom_roles),
                    ("organization_events", &self.organization_events),
                    ("organization_hooks", &self.organization_hooks),
                    ("organization_packages", &self.organization_packages),
                    (
                        "organization_personal_access_token_requests",
                        &self.organization_personal_access_token_requests,
                    ),
                    (
                        "organization_personal_access_tokens",
                        &self.organization_personal_access_tokens,
                    ),
                    ("organization_plan", &self.organization_plan),
                    ("organization_projects", &self.organization_projects),
                    ("organization_secrets", &self.organization_secrets),
                    (
                        "organization_self_hosted_runners",
                        &self.organization_self_hosted_runners,
                    ),
                    ("organization_user_blocking", &self.organization_user_blocking),
                    ("packages", &self.packages),
                    ("pages", &self.pages),
                    ("profile", &self.profile),
                    ("pull_requests", &self.pull_requests),
                    ("repository_custom_properties", &self.repository_custom_properties),
                    ("repository_hooks", &self.repository_hooks),
                    ("repository_projects", &self.repository_projects),
                    ("secret_scanning_alerts", &self.secret_scanning_alerts),
                    ("secrets", &self.secrets),
                    ("security_events", &self.security_events),
                    ("single_file", &self.single_file),
                    ("starring", &self.starring),
                    ("statuses", &self.statuses),
                    ("team_discussions", &self.team_discussions),
                    ("vulnerability_alerts", &self.vulnerability_alerts),
                    ("workflows", &self.workflows),
                    ("extra", &self.extra),
                ],
            )
        }
    }
    impl lenient::Lenient for AppPermissions {
        fn from_object<'de, A: ::serde_core::de::MapAccess<'de>>(
            from: A,
        ) -> Result<Option<Self>, A::Error> {
            let Some(mut all) = lenient::entries(from)? else { return Ok(None) };
            Ok(
                Some(Self {
                    actions: all.remove("actions"),
                    administration: all.remove("administration"),
                    artifact_metadata: all.remove("artifact_metadata"),
                    attestations: all.remove("attestations"),
                    checks: all.remove("checks"),
                    code_quality: all.remove("code_quality"),
                    codespaces: all.remove("codespaces"),
                    content_references: all.remove("content_references"),
                    contents: all.remove("contents"),
                    custom_properties_for_organizations: all
                        .remove("custom_properties_for_organizations"),
                    dependabot_secrets: all.remove("dependabot_secrets"),
                    deployments: all.remove("deployments"),
                    discussions: all.remove("discussions"),
                    email_addresses: all.remove("email_addresses"),
                    enterprise_administration: all.remove("enterprise_administration"),
                    enterprise_custom_properties: all
                        .remove("enterprise_custom_properties"),
                    enterprise_custom_properties_for_organizations: all
                        .remove("enterprise_custom_properties_for_organizations"),
                    enterprise_organization_installation_repositories: all
                        .remove("enterprise_organization_installation_repositories"),
                    enterprise_organization_installations: all
                        .remove("enterprise_organization_installations"),
                    environments: all.remove("environments"),
                    followers: all.remove("followers"),
                    git_ssh_keys: all.remove("git_ssh_keys"),
                    gpg_keys: all.remove("gpg_keys"),
                    interaction_limits: all.remove("interaction_limits"),
                    issues: all.remove("issues"),
                    members: all.remove("members"),
                    merge_queues: all.remove("merge_queues"),
                    metadata: all.remove("metadata"),
                    organization_administration: all
                        .remove("organization_administration"),
                    organization_announcement_banners: all
                        .remove("organization_announcement_banners"),
                    organization_copilot_agent_settings: all
                        .remove("organization_copilot_agent_settings"),
                    organization_copilot_seat_management: all
                        .remove("organization_copilot_seat_management"),
                    organization_custom_org_roles: all
                        .remove("organization_custom_org_roles"),
                    organization_custom_properties: all
                        .remove("organization_custom_properties"),
                    organization_custom_roles: all.remove("organization_custom_roles"),
                    organization_events: all.remove("organization_events"),
                    organization_hooks: all.remove("organization_hooks"),
                    organization_packages: all.remove("organization_packages"),
                    organization_personal_access_token_requests: all
                        .remove("organization_personal_access_token_requests"),
                    organization_personal_access_tokens: all
                        .remove("organization_personal_access_tokens"),
                    organization_plan: all.remove("organization_plan"),
                    organization_projects: all.remove("organization_projects"),
                    organization_secrets: all.remove("organization_secrets"),
                    organization_self_hosted_runners: all
                        .remove("organization_self_hosted_runners"),
                    organization_user_blocking: all.remove("organization_user_blocking"),
                    packages: all.remove("packages"),
                    pages: all.remove("pages"),
                    profile: all.remove("profile"),
                    pull_requests: all.remove("pull_requests"),
                    repository_custom_properties: all
                        .remove("repository_custom_properties"),
                    repository_hooks: all.remove("repository_hooks"),
                    repository_projects: all.remove("repository_projects"),
                    secret_scanning_alerts: all.remove("secret_scanning_alerts"),
                    secrets: all.remove("secrets"),
                    security_events: all.remove("security_events"),
                    single_file: all.remove("single_file"),
                    starring: all.remove("starring"),
                    statuses: all.remove("statuses"),
                    team_discussions: all.remove("team_discussions"),
                    vulnerability_alerts: all.remove("vulnerability_alerts"),
                    workflows: all.remove("workflows"),
                    extra: all,
                }),
            )
        }
        fn is_empty(&self) -> bool {
            *self == Self::default()
        }
    }
    lenient::deserialize!(AppPermissions, "AppPermissions needs an object");
    crate::model::permission::record!(
        AppPermissions by AppPermissionsBuilder, extra besides actions administration
        artifact_metadata attestations checks code_quality codespaces content_references
        contents custom_properties_for_organizations dependabot_secrets deployments
        discussions email_addresses enterprise_administration
        enterprise_custom_properties enterprise_custom_properties_for_organizations
        enterprise_organization_installation_repositories
        enterprise_organization_installations environments followers git_ssh_keys
        gpg_keys interaction_limits issues members merge_queues metadata
        organization_administration organization_announcement_banners
        organization_copilot_agent_settings organization_copilot_seat_management
        organization_custom_org_roles organization_custom_properties
        organization_custom_roles organization_events organization_hooks
        organization_packages organization_personal_access_token_requests
        organization_personal_access_tokens organization_plan organization_projects
        organization_secrets organization_self_hosted_runners organization_user_blocking
        packages pages profile pull_requests repository_custom_properties
        repository_hooks repository_projects secret_scanning_alerts secrets
        security_events single_file starring statuses team_discussions
        vulnerability_alerts workflows
    );
    ///What a user has granted to an app, with all tokens that the app holds for the user.
    #[derive(Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[non_exhaustive]
    pub struct ApplicationGrant {
        ///The app that holds the grant.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub app: Option<Box<AuthorizationApp>>,
        ///When the grant was given.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub created_at: Option<crate::model::timestamp::Timestamp>,
        ///Id of the grant.
        pub id: crate::model::id::GrantId,
        ///The scopes of all tokens of the app for this user together.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub scopes: Option<Vec<String>>,
        ///When the grant last changed.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub updated_at: Option<crate::model::timestamp::Timestamp>,
        ///URL of the grant in the API.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub url: Option<String>,
        ///The user who gave the grant, if the server names one.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub user: Option<Box<SimpleUser>>,
    }
    impl ::std::fmt::Debug for ApplicationGrant {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            crate::secret::redact::fields(
                f,
                "ApplicationGrant",
                &[
                    ("app", &self.app),
                    ("created_at", &self.created_at),
                    ("id", &self.id),
                    ("scopes", &self.scopes),
                    ("updated_at", &self.updated_at),
                    ("url", &self.url),
                    ("user", &self.user),
                ],
            )
        }
    }
    impl lenient::Lenient for ApplicationGrant {
        fn from_object<'de, A: ::serde_core::de::MapAccess<'de>>(
            from: A,
        ) -> Result<Option<Self>, A::Error> {
            let mut from_ = from;
            let mut app = None;
            let mut created_at = None;
            let mut id = None;
            let mut scopes = None;
            let mut updated_at = None;
            let mut url = None;
            let mut user = None;
            while let Some(name_) = lenient::name(&mut from_)? {
                match &*name_ {
                    "app" => lenient::field(&mut app, &mut from_)?,
                    "created_at" => lenient::field(&mut created_at, &mut from_)?,
                    "id" => lenient::field(&mut id, &mut from_)?,
                    "scopes" => lenient::field(&mut scopes, &mut from_)?,
                    "updated_at" => lenient::field(&mut updated_at, &mut from_)?,
                    "url" => lenient::field(&mut url, &mut from_)?,
                    "user" => lenient::field(&mut user, &mut from_)?,
                    _ => lenient::skip(&mut from_)?,
                }
            }
            let (Some(id),) = (id,) else { return Ok(None) };
            Ok(
                Some(Self {
                    app,
                    created_at,
                    id,
                    scopes,
                    updated_at,
                    url,
                    user,
                }),
            )
        }
    }
    lenient::deserialize!(ApplicationGrant, "ApplicationGrant needs `id`");
    crate::secret::serialize::by_field!(
        allowed ApplicationGrant : optional app, optional created_at, field id, optional
        scopes, optional updated_at, optional url, optional user
    );
    /**An authorization: a user's token for an app, and its scopes.

Servers omit fields that they do not know or that their version does not have yet, so only the id is certain.*/
    #[derive(Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[non_exhaustive]
    pub struct Authorization {
        ///The app that the token belongs to.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub app: Option<Box<AuthorizationApp>>,
        ///When the authorization was created.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub created_at: Option<crate::model::timestamp::Timestamp>,
        ///When the token expires. Absent for tokens that do not expire.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub expires_at: Option<crate::model::timestamp::Timestamp>,
        ///Text that distinguishes this authorization from others of the same app and user.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub fingerprint: Option<String>,
        ///SHA-256 of the token, in lower-case hexadecimal digits.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub hashed_token: Option<String>,
        ///Id of the authorization.
        pub id: crate::model::id::AuthorizationId,
        ///The restrictions of a scoped token.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub installation: Option<Box<ScopedInstallation>>,
        ///What the token is for, as its creator wrote it.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub note: Option<String>,
        ///URL that belongs to the note. Servers accept any text here, also an empty one.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub note_url: Option<String>,
        ///What the token may do. Empty for a token that reads public data only.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub scopes: Option<Vec<String>>,
        ///The token, if the response contains it. Servers store only its hash, and send an empty text in all other responses.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub token: Option<crate::secret::newtypes::AccessToken>,
        ///The last eight characters of the token.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub token_last_eight: Option<String>,
        ///When the authorization last changed.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub updated_at: Option<crate::model::timestamp::Timestamp>,
        ///URL of the authorization in the API.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub url: Option<String>,
        ///The user for whom the token acts. Responses about a user's own authorizations omit it.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub user: Option<Box<SimpleUser>>,
    }
    impl ::std::fmt::Debug for Authorization {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            crate::secret::redact::fields(
                f,
                "Authorization",
                &[
                    ("app", &self.app),
                    ("created_at", &self.created_at),
                    ("expires_at", &self.expires_at),
                    ("fingerprint", &self.fingerprint),
                    ("hashed_token", &self.hashed_token),
                    ("id", &self.id),
                    ("installation", &self.installation),
                    ("note", &self.note),
                    ("note_url", &self.note_url),
                    ("scopes", &self.scopes),
                    ("token", &self.token),
                    ("token_last_eight", &self.token_last_eight),
                    ("updated_at", &self.updated_at),
                    ("url", &self.url),
                    ("user", &self.user),
                ],
            )
        }
    }
    impl lenient::Lenient for Authorization {
        fn from_object<'de, A: ::serde_core::de::MapAccess<'de>>(
            from: A,
        ) -> Result<Option<Self>, A::Error> {
            let mut from_ = from;
            let mut app = None;
            let mut created_at = None;
            let mut expires_at = None;
            let mut fingerprint = None;
            let mut hashed_token = None;
            let mut id = None;
            let mut installation = None;
            let mut note = None;
            let mut note_url = None;
            let mut scopes = None;
            let mut token = None;
            let mut token_last_eight = None;
            let mut updated_at = None;
            let mut url = None;
            let mut user = None;
            while let Some(name_) = lenient::name(&mut from_)? {
                match &*name_ {
                    "app" => lenient::field(&mut app, &mut from_)?,
                    "created_at" => lenient::field(&mut created_at, &mut from_)?,
                    "expires_at" => lenient::field(&mut expires_at, &mut from_)?,
                    "fingerprint" => lenient::field(&mut fingerprint, &mut from_)?,
                    "hashed_token" => lenient::field(&mut hashed_token, &mut from_)?,
                    "id" => lenient::field(&mut id, &mut from_)?,
                    "installation" => lenient::field(&mut installation, &mut from_)?,
                    "note" => lenient::field(&mut note, &mut from_)?,
                    "note_url" => lenient::field(&mut note_url, &mut from_)?,
                    "scopes" => lenient::field(&mut scopes, &mut from_)?,
                    "token" => lenient::field(&mut token, &mut from_)?,
                    "token_last_eight" => {
                        lenient::field(&mut token_last_eight, &mut from_)?
                    }
                    "updated_at" => lenient::field(&mut updated_at, &mut from_)?,
                    "url" => lenient::field(&mut url, &mut from_)?,
                    "user" => lenient::field(&mut user, &mut from_)?,
                    _ => lenient::skip(&mut from_)?,
                }
            }
            let (Some(id),) = (id,) else { return Ok(None) };
            Ok(
                Some(Self {
                    app,
                    created_at,
                    expires_at,
                    fingerprint,
                    hashed_token,
                    id,
                    installation,
                    note,
                    note_url,
                    scopes,
                    token,
                    token_last_eight,
                    updated_at,
                    url,
                    user,
                }),
            )
        }
    }
    lenient::deserialize!(Authorization, "Authorization needs `id`");
    crate::secret::serialize::by_field!(
        refused Authorization : optional app, optional created_at, optional expires_at,
        optional fingerprint, optional hashed_token, field id, optional installation,
        optional note, optional note_url, optional scopes, optional_secret token,
        optional token_last_eight, optional updated_at, optional url, optional user
    );
    ///The app that a token or a grant belongs to.
    #[derive(Clone, Default, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[non_exhaustive]
    pub struct AuthorizationApp {
        ///Client id of the app; zeros for personal access tokens.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub client_id: Option<String>,
        ///Name of the app.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub name: Option<String>,
        ///Home page of the app, as its owner typed it; not always a valid URL.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub url: Option<String>,
    }
    impl ::std::fmt::Debug for AuthorizationApp {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            crate::secret::redact::fields(
                f,
                "AuthorizationApp",
                &[
                    ("client_id", &self.client_id),
                    ("name", &self.name),
                    ("url", &self.url),
                ],
            )
        }
    }
    impl lenient::Lenient for AuthorizationApp {
        fn from_object<'de, A: ::serde_core::de::MapAccess<'de>>(
            from: A,
        ) -> Result<Option<Self>, A::Error> {
            let (mut from, mut value_) = (from, Self::default());
            while let Some(name_) = lenient::name(&mut from)? {
                match &*name_ {
                    "client_id" => lenient::field(&mut value_.client_id, &mut from)?,
                    "name" => lenient::field(&mut value_.name, &mut from)?,
                    "url" => lenient::field(&mut value_.url, &mut from)?,
                    _ => lenient::skip(&mut from)?,
                }
            }
            Ok(Some(value_))
        }
        fn is_empty(&self) -> bool {
            *self == Self::default()
        }
    }
    lenient::deserialize!(AuthorizationApp, "AuthorizationApp needs an object");
    crate::secret::serialize::by_field!(
        allowed AuthorizationApp : optional client_id, optional name, optional url
    );
    ///Describes the token to create.
    #[derive(Clone, Default)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[non_exhaustive]
    pub struct CreateAuthorizationBody {
        ///Client id of the app that the token will belong to. Needs `client_secret`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub client_id: Option<String>,
        ///Client secret of the app that the token will belong to.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub client_secret: Option<crate::secret::newtypes::ClientSecret>,
        ///Text that distinguishes this authorization from others of the same app and user.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub fingerprint: Option<String>,
        ///What the token is for; users recognize it by this note.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub note: Option<String>,
        ///URL that belongs to the note.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub note_url: Option<String>,
        ///Scopes of the token.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub scopes: Option<Vec<String>>,
    }
    impl ::std::fmt::Debug for CreateAuthorizationBody {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            crate::secret::redact::fields(
                f,
                "CreateAuthorizationBody",
                &[
                    ("client_id", &self.client_id),
                    ("client_secret", &self.client_secret),
                    ("fingerprint", &self.fingerprint),
                    ("note", &self.note),
                    ("note_url", &self.note_url),
                    ("scopes", &self.scopes),
                ],
            )
        }
    }
    crate::secret::serialize::by_field!(
        refused CreateAuthorizationBody : optional client_id, optional_secret
        client_secret, optional fingerprint, optional note, optional note_url, optional
        scopes
    );
    ///Lists leaked tokens.
    #[derive(Clone)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[non_exhaustive]
    pub struct CredentialsBody {
        ///The tokens, 1 to 1,000 of them.
        pub credentials: Vec<crate::secret::newtypes::AccessToken>,
    }
    impl ::std::fmt::Debug for CredentialsBody {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            crate::secret::redact::fields(
                f,
                "CredentialsBody",
                &[("credentials", &self.credentials)],
            )
        }
    }
    crate::secret::serialize::by_field!(refused CredentialsBody : secret credentials);
    ///The error of a request that the server refuses. Each field may be missing.
    #[derive(Clone, Default)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[non_exhaustive]
    pub struct Error {
        ///URL of a page about the operation or the problem.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub documentation_url: Option<String>,
        ///The problems one by one: usually a list of objects like `ValidationProblem`, or of texts.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub errors: Option<::serde_json::Value>,
        ///The error message.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub message: Option<String>,
        ///The HTTP status, as text.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub status: Option<String>,
        ///URL that belongs to the problem.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub url: Option<String>,
    }
    impl ::std::fmt::Debug for Error {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            crate::secret::redact::fields(
                f,
                "Error",
                &[
                    ("documentation_url", &self.documentation_url),
                    ("errors", &self.errors),
                    ("message", &self.message),
                    ("status", &self.status),
                    ("url", &self.url),
                ],
            )
        }
    }
    crate::secret::serialize::by_field!(
        allowed Error : optional documentation_url, optional errors, optional message,
        optional status, optional url
    );
    ///Describes the token to create if none exists.
    #[derive(Clone)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[non_exhaustive]
    pub struct GetOrCreateAuthorizationBody {
        ///Client secret of the app that the token will belong to.
        pub client_secret: crate::secret::newtypes::ClientSecret,
        ///Text that distinguishes this authorization from others of the same app and user.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub fingerprint: Option<String>,
        ///What the token is for; users recognize it by this note.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub note: Option<String>,
        ///URL that belongs to the note.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub note_url: Option<String>,
        ///Scopes of the token.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub scopes: Option<Vec<String>>,
    }
    impl ::std::fmt::Debug for GetOrCreateAuthorizationBody {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            crate::secret::redact::fields(
                f,
                "GetOrCreateAuthorizationBody",
                &[
                    ("client_secret", &self.client_secret),
                    ("fingerprint", &self.fingerprint),
                    ("note", &self.note),
                    ("note_url", &self.note_url),
                    ("scopes", &self.scopes),
                ],
            )
        }
    }
    crate::secret::serialize::by_field!(
        refused GetOrCreateAuthorizationBody : secret client_secret, optional
        fingerprint, optional note, optional note_url, optional scopes
    );
    ///Describes the token to create if none exists with the fingerprint in the path.
    #[derive(Clone)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[non_exhaustive]
    pub struct GetOrCreateAuthorizationForFingerprintBody {
        ///Client secret of the app that the token will belong to.
        pub client_secret: crate::secret::newtypes::ClientSecret,
        ///What the token is for; users recognize it by this note.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub note: Option<String>,
        ///URL that belongs to the note.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub note_url: Option<String>,
        ///Scopes of the token.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub scopes: Option<Vec<String>>,
    }
    impl ::std::fmt::Debug for GetOrCreateAuthorizationForFingerprintBody {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            crate::secret::redact::fields(
                f,
                "GetOrCreateAuthorizationForFingerprintBody",
                &[
                    ("client_secret", &self.client_secret),
                    ("note", &self.note),
                    ("note_url", &self.note_url),
                    ("scopes", &self.scopes),
                ],
            )
        }
    }
    crate::secret::serialize::by_field!(
        refused GetOrCreateAuthorizationForFingerprintBody : secret client_secret,
        optional note, optional note_url, optional scopes
    );
    ///The restrictions of the new token.
    #[derive(Clone)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[non_exhaustive]
    pub struct ScopeTokenBody {
        ///The user token to narrow.
        pub access_token: crate::secret::newtypes::AccessToken,
        ///Permissions to limit the token to.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub permissions: Option<Box<AppPermissions>>,
        ///Names of the repositories to limit the token to. Not together with `repository_ids`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub repositories: Option<Vec<String>>,
        ///Ids of the repositories to limit the token to. Not together with `repositories`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub repository_ids: Option<Vec<i64>>,
        ///Login of the account to limit the token to. Set this or `target_id`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub target: Option<String>,
        ///Id of the account to limit the token to. Set this or `target`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub target_id: Option<i64>,
    }
    impl ::std::fmt::Debug for ScopeTokenBody {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            crate::secret::redact::fields(
                f,
                "ScopeTokenBody",
                &[
                    ("access_token", &self.access_token),
                    ("permissions", &self.permissions),
                    ("repositories", &self.repositories),
                    ("repository_ids", &self.repository_ids),
                    ("target", &self.target),
                    ("target_id", &self.target_id),
                ],
            )
        }
    }
    crate::secret::serialize::by_field!(
        refused ScopeTokenBody : secret access_token, optional permissions, optional
        repositories, optional repository_ids, optional target, optional target_id
    );
    ///The restrictions of a scoped token: an account, some of its repositories, some permissions.
    #[derive(Clone, Default, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[non_exhaustive]
    pub struct ScopedInstallation {
        ///The account whose repositories the token can access.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub account: Option<Box<SimpleUser>>,
        ///Whether the `single_file` permission has several files.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub has_multiple_single_files: Option<bool>,
        ///The permissions of the token.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub permissions: Option<Box<AppPermissions>>,
        ///URL of the list of accessible repositories.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub repositories_url: Option<String>,
        ///Whether the token can access all repositories of the account or selected ones.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub repository_selection: Option<String>,
        ///The one file of the `single_file` permission.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub single_file_name: Option<String>,
        ///The files of the `single_file` permission.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub single_file_paths: Option<Vec<String>>,
    }
    impl ::std::fmt::Debug for ScopedInstallation {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            crate::secret::redact::fields(
                f,
                "ScopedInstallation",
                &[
                    ("account", &self.account),
                    ("has_multiple_single_files", &self.has_multiple_single_files),
                    ("permissions", &self.permissions),
                    ("repositories_url", &self.repositories_url),
                    ("repository_selection", &self.repository_selection),
                    ("single_file_name", &self.single_file_name),
                    ("single_file_paths", &self.single_file_paths),
                ],
            )
        }
    }
    impl lenient::Lenient for ScopedInstallation {
        fn from_object<'de, A: ::serde_core::de::MapAccess<'de>>(
            from: A,
        ) -> Result<Option<Self>, A::Error> {
            let (mut from, mut value_) = (from, Self::default());
            while let Some(name_) = lenient::name(&mut from)? {
                match &*name_ {
                    "account" => lenient::field(&mut value_.account, &mut from)?,
                    "has_multiple_single_files" => {
                        lenient::field(&mut value_.has_multiple_single_files, &mut from)?
                    }
                    "permissions" => lenient::field(&mut value_.permissions, &mut from)?,
                    "repositories_url" => {
                        lenient::field(&mut value_.repositories_url, &mut from)?
                    }
                    "repository_selection" => {
                        lenient::field(&mut value_.repository_selection, &mut from)?
                    }
                    "single_file_name" => {
                        lenient::field(&mut value_.single_file_name, &mut from)?
                    }
                    "single_file_paths" => {
                        lenient::field(&mut value_.single_file_paths, &mut from)?
                    }
                    _ => lenient::skip(&mut from)?,
                }
            }
            Ok(Some(value_))
        }
        fn is_empty(&self) -> bool {
            *self == Self::default()
        }
    }
    lenient::deserialize!(ScopedInstallation, "ScopedInstallation needs an object");
    crate::secret::serialize::by_field!(
        allowed ScopedInstallation : optional account, optional
        has_multiple_single_files, optional permissions, optional repositories_url,
        optional repository_selection, optional single_file_name, optional
        single_file_paths
    );
    ///A user or an organization.
    #[derive(Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[non_exhaustive]
    pub struct SimpleUser {
        ///URL of the account's picture.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub avatar_url: Option<String>,
        ///Public email address.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub email: Option<String>,
        ///Template for the URL of the events.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub events_url: Option<String>,
        ///URL of the followers in the API.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub followers_url: Option<String>,
        ///Template for the URL of the followed accounts.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub following_url: Option<String>,
        ///Template for the URL of the gists.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub gists_url: Option<String>,
        ///Empty today; once the id of the account's picture at Gravatar.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub gravatar_id: Option<String>,
        ///URL of the profile page.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub html_url: Option<String>,
        ///Id of the account.
        pub id: i64,
        ///The login of the account.
        pub login: String,
        ///Display name.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub name: Option<String>,
        ///The account's id in the GraphQL API.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub node_id: Option<String>,
        ///URL of the memberships in the API.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub organizations_url: Option<String>,
        ///URL of the received events in the API.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub received_events_url: Option<String>,
        ///URL of the repositories in the API.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub repos_url: Option<String>,
        ///Whether the account administers the server.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub site_admin: Option<bool>,
        ///When the account starred something; sent in lists of stars only.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub starred_at: Option<String>,
        ///Template for the URL of the starred repositories.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub starred_url: Option<String>,
        ///URL of the watched repositories in the API.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub subscriptions_url: Option<String>,
        ///Kind of account, for instance `User` or `Organization`.
        #[cfg_attr(
            feature = "schemars",
            schemars(rename = "type", skip_serializing_if = "is_none")
        )]
        pub type_: Option<String>,
        ///URL of the account in the API.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub url: Option<String>,
        ///The view of the account, for instance `public`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub user_view_type: Option<String>,
    }
    impl ::std::fmt::Debug for SimpleUser {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            crate::secret::redact::fields(
                f,
                "SimpleUser",
                &[
                    ("avatar_url", &self.avatar_url),
                    ("email", &self.email),
                    ("events_url", &self.events_url),
                    ("followers_url", &self.followers_url),
                    ("following_url", &self.following_url),
                    ("gists_url", &self.gists_url),
                    ("gravatar_id", &self.gravatar_id),
                    ("html_url", &self.html_url),
                    ("id", &self.id),
                    ("login", &self.login),
                    ("name", &self.name),
                    ("node_id", &self.node_id),
                    ("organizations_url", &self.organizations_url),
                    ("received_events_url", &self.received_events_url),
                    ("repos_url", &self.repos_url),
                    ("site_admin", &self.site_admin),
                    ("starred_at", &self.starred_at),
                    ("starred_url", &self.starred_url),
                    ("subscriptions_url", &self.subscriptions_url),
                    ("type_", &self.type_),
                    ("url", &self.url),
                    ("user_view_type", &self.user_view_type),
                ],
            )
        }
    }
    impl lenient::Lenient for SimpleUser {
        fn from_object<'de, A: ::serde_core::de::MapAccess<'de>>(
            from: A,
        ) -> Result<Option<Self>, A::Error> {
            let mut from_ = from;
            let mut avatar_url = None;
            let mut email = None;
            let mut events_url = None;
            let mut followers_url = None;
            let mut following_url = None;
            let mut gists_url = None;
            let mut gravatar_id = None;
            let mut html_url = None;
            let mut id = None;
            let mut login = None;
            let mut name = None;
            let mut node_id = None;
            let mut organizations_url = None;
            let mut received_events_url = None;
            let mut repos_url = None;
            let mut site_admin = None;
            let mut starred_at = None;
            let mut starred_url = None;
            let mut subscriptions_url = None;
            let mut type_ = None;
            let mut url = None;
            let mut user_view_type = None;
            while let Some(name_) = lenient::name(&mut from_)? {
                match &*name_ {
                    "avatar_url" => lenient::field(&mut avatar_url, &mut from_)?,
                    "email" => lenient::field(&mut email, &mut from_)?,
                    "events_url" => lenient::field(&mut events_url, &mut from_)?,
                    "followers_url" => lenient::field(&mut followers_url, &mut from_)?,
                    "following_url" => lenient::field(&mut following_url, &mut from_)?,
                    "gists_url" => lenient::field(&mut gists_url, &mut from_)?,
                    "gravatar_id" => lenient::field(&mut gravatar_id, &mut from_)?,
                    "html_url" => lenient::field(&mut html_url, &mut from_)?,
                    "id" => lenient::field(&mut id, &mut from_)?,
                    "login" => lenient::field(&mut login, &mut from_)?,
                    "name" => lenient::field(&mut name, &mut from_)?,
                    "node_id" => lenient::field(&mut node_id, &mut from_)?,
                    "organizations_url" => {
                        lenient::field(&mut organizations_url, &mut from_)?
                    }
                    "received_events_url" => {
                        lenient::field(&mut received_events_url, &mut from_)?
                    }
                    "repos_url" => lenient::field(&mut repos_url, &mut from_)?,
                    "site_admin" => lenient::field(&mut site_admin, &mut from_)?,
                    "starred_at" => lenient::field(&mut starred_at, &mut from_)?,
                    "starred_url" => lenient::field(&mut starred_url, &mut from_)?,
                    "subscriptions_url" => {
                        lenient::field(&mut subscriptions_url, &mut from_)?
                    }
                    "type" => lenient::field(&mut type_, &mut from_)?,
                    "url" => lenient::field(&mut url, &mut from_)?,
                    "user_view_type" => lenient::field(&mut user_view_type, &mut from_)?,
                    _ => lenient::skip(&mut from_)?,
                }
            }
            let (Some(id), Some(login)) = (id, login) else { return Ok(None) };
            Ok(
                Some(Self {
                    avatar_url,
                    email,
                    events_url,
                    followers_url,
                    following_url,
                    gists_url,
                    gravatar_id,
                    html_url,
                    id,
                    login,
                    name,
                    node_id,
                    organizations_url,
                    received_events_url,
                    repos_url,
                    site_admin,
                    starred_at,
                    starred_url,
                    subscriptions_url,
                    type_,
                    url,
                    user_view_type,
                }),
            )
        }
    }
    lenient::deserialize!(SimpleUser, "SimpleUser needs `id` and `login`");
    crate::secret::serialize::by_field!(
        allowed SimpleUser : optional avatar_url, optional email, optional events_url,
        optional followers_url, optional following_url, optional gists_url, optional
        gravatar_id, optional html_url, field id, field login, optional name, optional
        node_id, optional organizations_url, optional received_events_url, optional
        repos_url, optional site_admin, optional starred_at, optional starred_url,
        optional subscriptions_url, optional type_ = "type", optional url, optional
        user_view_type
    );
    ///Describes the changes; omitted fields do not change.
    #[derive(Clone, Default)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[non_exhaustive]
    pub struct UpdateAuthorizationBody {
        ///Scopes to add. Not together with `scopes` or `remove_scopes`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub add_scopes: Option<Vec<String>>,
        ///Text that distinguishes this authorization from others of the same app and user.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub fingerprint: Option<String>,
        ///What the token is for; users recognize it by this note.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub note: Option<String>,
        ///URL that belongs to the note.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub note_url: Option<String>,
        ///Scopes to remove. Not together with `scopes` or `add_scopes`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub remove_scopes: Option<Vec<String>>,
        ///Scopes that replace the present ones. Not together with the next two.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub scopes: Option<Vec<String>>,
    }
    impl ::std::fmt::Debug for UpdateAuthorizationBody {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            crate::secret::redact::fields(
                f,
                "UpdateAuthorizationBody",
                &[
                    ("add_scopes", &self.add_scopes),
                    ("fingerprint", &self.fingerprint),
                    ("note", &self.note),
                    ("note_url", &self.note_url),
                    ("remove_scopes", &self.remove_scopes),
                    ("scopes", &self.scopes),
                ],
            )
        }
    }
    crate::secret::serialize::by_field!(
        allowed UpdateAuthorizationBody : optional add_scopes, optional fingerprint,
        optional note, optional note_url, optional remove_scopes, optional scopes
    );
    ///One reason why a request was refused.
    #[derive(Clone, Default, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[non_exhaustive]
    pub struct ValidationProblem {
        ///Code of the problem, for instance `missing_field` or `already_exists`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub code: Option<String>,
        ///Field of that resource; its name may differ from that in the request.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub field: Option<String>,
        ///Position in a list of the request, counted from 0.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub index: Option<i64>,
        ///Message about the problem.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub message: Option<String>,
        ///Kind of resource with the problem, for instance `OauthAccess`.
        #[cfg_attr(feature = "schemars", schemars(skip_serializing_if = "is_none"))]
        pub resource: Option<String>,
    }
    impl ::std::fmt::Debug for ValidationProblem {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            crate::secret::redact::fields(
                f,
                "ValidationProblem",
                &[
                    ("code", &self.code),
                    ("field", &self.field),
                    ("index", &self.index),
                    ("message", &self.message),
                    ("resource", &self.resource),
                ],
            )
        }
    }
    impl lenient::Lenient for ValidationProblem {
        fn from_object<'de, A: ::serde_core::de::MapAccess<'de>>(
            from: A,
        ) -> Result<Option<Self>, A::Error> {
            let (mut from, mut value_) = (from, Self::default());
            while let Some(name_) = lenient::name(&mut from)? {
                match &*name_ {
                    "code" => lenient::field(&mut value_.code, &mut from)?,
                    "field" => lenient::field(&mut value_.field, &mut from)?,
                    "index" => lenient::field(&mut value_.index, &mut from)?,
                    "message" => lenient::field(&mut value_.message, &mut from)?,
                    "resource" => lenient::field(&mut value_.resource, &mut from)?,
                    _ => lenient::skip(&mut from)?,
                }
            }
            Ok(Some(value_))
        }
        fn is_empty(&self) -> bool {
            *self == Self::default()
        }
    }
    lenient::deserialize!(ValidationProblem, "ValidationProblem needs an object");
    crate::secret::serialize::by_field!(
        allowed ValidationProblem : optional code, optional field, optional index,
        optional message, optional resource
    );
}
