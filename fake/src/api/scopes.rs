//! The scopes and permissions that GitHub knows.

/// The scopes in GitHub's documentation of any version, and in recordings of older servers.
const SCOPES: &str = "admin:enterprise admin:gpg_key admin:org admin:org_hook admin:pre_receive_hook \
    admin:public_key admin:repo_hook admin:ssh_signing_key audit_log codespace \
    codespace:secrets copilot delete:packages delete_repo gist manage_billing:copilot \
    manage_billing:enterprise manage_runners:enterprise notifications project public_repo \
    read:audit_log read:discussion read:enterprise read:gpg_key read:network_configurations \
    read:org read:packages read:project read:public_key read:repo_hook read:ssh_signing_key \
    read:user repo repo:invite repo:status repo_deployment scim:enterprise security_events \
    site_admin user user:assets user:email user:follow workflow write:discussion write:gpg_key \
    write:network_configurations write:org write:packages write:public_key write:repo_hook \
    write:ssh_signing_key";

pub(crate) fn is_known(scope: &str) -> bool {
    SCOPES.split(' ').any(|known| known == scope)
}

/// Whether a permission may have this level, by GitHub's descriptions: `read` and `write`, except for a few.
pub(crate) fn permission_may_be(name: &str, level: &str) -> bool {
    match name {
        "workflows" | "profile" | "organization_copilot_seat_management" => level == "write",
        "organization_plan" | "organization_events" => level == "read",
        "repository_projects"
        | "organization_projects"
        | "organization_custom_properties"
        | "enterprise_custom_properties_for_organizations" => {
            matches!(level, "read" | "write" | "admin")
        }
        _ => matches!(level, "read" | "write"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_known_by_its_whole_name() {
        assert!(is_known("repo") && is_known("write:ssh_signing_key") && !is_known("repos"));
    }
}
