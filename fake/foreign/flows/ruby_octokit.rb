# Octokit for Ruby, as Debian packages it: authorizations, tokens of the app, and the web application flow.
require "octokit"

api, client_id, client_secret = ENV.values_at("API", "CLIENT_ID", "CLIENT_SECRET")
Octokit.configure do |config|
  config.api_endpoint = "#{api}/"
  config.web_endpoint = "#{ENV["WEB"]}/"
end

def assert(condition, message = "an assertion fails")
  raise message unless condition
end

def refused(kind)
  yield
rescue kind
  nil
else
  raise "#{kind} was expected"
end

app = Octokit::Client.new(client_id: client_id, client_secret: client_secret)
user = Octokit::Client.new(login: "octocat", password: "password")

issued = app.exchange_code_for_token(ENV["CODE"])
assert issued.access_token && issued.scope == "repo", issued.to_h.keys.inspect

if ENV["HAS_TOKEN"] == "yes"
  assert app.check_token(ENV["TOKEN"]).user.login == "octocat"
  fresh = app.reset_token(ENV["TOKEN"]).token
  refused(Octokit::NotFound) { app.check_token(ENV["TOKEN"]) }
  assert app.delete_app_token(fresh)
  assert !app.delete_app_token(fresh)
  assert app.delete_app_authorization(ENV["SECOND_TOKEN"])
  wrong = Octokit::Client.new(client_id: client_id, client_secret: "wrong")
  refused(Octokit::Unauthorized) { wrong.check_token(ENV["TOKEN"]) }
end

if ENV["HAS_AUTHORIZATIONS"] == "yes"
  before = user.authorizations.size
  made = user.create_authorization(scopes: ["repo"], note: "octokit.rb")
  assert made.token && made.scopes == ["repo"]
  refused(Octokit::UnprocessableEntity) { user.create_authorization(scopes: [], note: "octokit.rb") }
  put = { idempotent: true, client_id: client_id, client_secret: client_secret, fingerprint: "rb", scopes: ["gist"] }
  assert user.create_authorization(put.dup).token != ""
  assert user.create_authorization(put.dup).token == ""
  assert user.authorization(made.id).note == "octokit.rb"
  assert user.update_authorization(made.id, add_scopes: ["user"]).scopes == %w[repo user]
  assert user.authorizations.size == before + 2
  assert user.delete_authorization(made.id)
  refused(Octokit::NotFound) { user.authorization(made.id) }
  otp = Octokit::Client.new(login: "hubot", password: "password")
  refused(Octokit::OneTimePasswordRequired) { otp.authorizations }
  assert otp.authorizations(headers: { "X-GitHub-OTP" => "123456" }).empty?
else
  refused(Octokit::NotFound) { user.authorizations }
end
