// A part of what progenitor-impl 0.13.0 and 0.14.0 both write for the spec, laid out by rustfmt and without the JSON schema
// in the documentation of types.
use progenitor_client::{ClientHooks, OperationInfo, RequestBuilderExt, encode_path};

pub mod types {
    #[doc = "The app that a token or a grant belongs to."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct AuthorizationApp {
        #[doc = "Client id of the app; zeros for personal access tokens."]
        #[serde(default, skip_serializing_if = "::std::option::Option::is_none")]
        pub client_id: ::std::option::Option<::std::string::String>,
        #[doc = "Name of the app."]
        #[serde(default, skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
        #[doc = "Home page of the app, as its owner typed it; not always a valid address."]
        #[serde(default, skip_serializing_if = "::std::option::Option::is_none")]
        pub url: ::std::option::Option<::std::string::String>,
    }
    impl ::std::default::Default for AuthorizationApp {
        fn default() -> Self {
            Self {
                client_id: Default::default(),
                name: Default::default(),
                url: Default::default(),
            }
        }
    }
}

pub struct Client;

impl Client {
    pub async fn oauth_authorizations_list_authorizations<'a>(
        &'a self,
        client_id: Option<&'a str>,
        page: Option<i64>,
        per_page: Option<i64>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::AuthorizationApp>>, Error<types::Error>> {
        let url = format!("{}/authorizations", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map.append(
            ::reqwest::header::HeaderName::from_static("api-version"),
            ::reqwest::header::HeaderValue::from_static(Self::api_version()),
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("client_id", &client_id))
            .query(&progenitor_client::QueryParam::new("page", &page))
            .query(&progenitor_client::QueryParam::new("per_page", &per_page))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "oauth_authorizations_list_authorizations",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            401u16 => Err(Error::ErrorResponse(
                ResponseValue::from_response(response).await?,
            )),
            403u16 => Err(Error::ErrorResponse(
                ResponseValue::from_response(response).await?,
            )),
            404u16 => Err(Error::ErrorResponse(
                ResponseValue::from_response(response).await?,
            )),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
}
