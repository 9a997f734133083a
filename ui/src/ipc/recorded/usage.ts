/** How credentials are used, as the agent would tell it: recipes, exchanges and code of the built-in providers. */
import type { BoughtView, CredentialDetail, DecodedToken, SentAsView, UsageView } from "../types";

interface Recipe {
  base: string;
  path: string;
  variable: string;
  sent: SentAsView[];
  bought: BoughtView | null;
  onlyBuy: string[];
  withKey: boolean;
  warning: string;
}

const bearer: SentAsView = {
  name: "Authorization",
  scheme: "Bearer",
  field: null,
  in_query: false,
};
const apiKey: SentAsView = { name: "x-api-key", scheme: null, field: "api_key", in_query: false };

function bought(url: string, fields: string[], more: Partial<BoughtView> = {}): BoughtView {
  const rest = { documented_lifetime: null, verified: true, revocable: false };
  return { method: "POST", url, clear_text: url.startsWith("http:"), fields, ...rest, ...more };
}

const DEEPVUE: Recipe = {
  base: "https://production.deepvue.tech/",
  path: "/v1/verification/panbasic",
  variable: "DEEPVUE_ACCESS_TOKEN",
  sent: [bearer],
  bought: bought("https://production.deepvue.tech/v1/authorize", ["client_id", "client_secret"], {
    documented_lifetime: "24h",
  }),
  onlyBuy: [],
  withKey: true,
  warning:
    "Whoever reads the token can send requests in your name until it ends: keep it on your server.",
};

const DEEPIDV: Recipe = {
  base: "https://api.deepidv.com/",
  path: "/v1/sessions",
  variable: "DEEPIDV_API_KEY",
  sent: [apiKey],
  bought: null,
  onlyBuy: [],
  withKey: false,
  warning:
    "The key grants full access on behalf of your organization: never expose it in frontend code, public repositories or client-side bundles. Keep it server-side.",
};

const DEEPLY: Recipe = {
  base: "https://api.deeply.example/",
  path: "/v1/events",
  variable: "DEEPLY_ACCESS_TOKEN",
  sent: [bearer],
  bought: bought("https://api.deeply.example/v1/auth/token", ["api_key"], {
    verified: false,
    revocable: true,
  }),
  onlyBuy: ["api_key"],
  withKey: false,
  warning: "The API key issues tokens for everything: it belongs on no device and in no page.",
};

const DEEPCURRENT: Recipe = {
  base: "https://api.deepcurrent.example/",
  path: "/users/me",
  variable: "DEEPCURRENT_API_KEY",
  sent: [apiKey],
  bought: null,
  onlyBuy: [],
  withKey: false,
  warning: "In a browser or mobile app everybody can read it. Keep keys and tokens on servers.",
};

const LOGIN: Recipe = {
  ...DEEPCURRENT,
  variable: "DEEPCURRENT_ACCESS_TOKEN",
  sent: [bearer],
  bought: bought("https://api.deepcurrent.example/auth/login", ["username", "password"]),
  onlyBuy: ["password"],
};

function recipeOf(credential: CredentialDetail): Recipe {
  if (credential.provider === "deepvue") return DEEPVUE;
  if (credential.provider === "deepidv") return DEEPIDV;
  if (credential.provider !== "deeply")
    return credential.fields.some((field) => field.name === "password") ? LOGIN : DEEPCURRENT;
  if (credential.environment !== "edge") return DEEPLY;
  const host = `http://${credential.open_values["edge_ip"] ?? "192.168.1.2"}`;
  const exchange = bought(`${host}/v1/auth/token`, ["api_key"], { verified: false });
  return { ...DEEPLY, base: `${host}/`, bought: exchange };
}

/** How a credential is used. */
export function usageOf(credential: CredentialDetail): UsageView {
  const recipe = recipeOf(credential);
  const url = `${recipe.base.replace(/\/$/, "")}${recipe.path}`;
  const [header] = recipe.sent;
  const scheme = header?.scheme ? `${header.scheme} ` : "";
  const line = `${header?.name ?? ""}: ${scheme}`;
  const { variable, warning } = recipe;
  const shell = `"${line}\${${variable}}"`;
  const plain = (form: UsageView["snippets"][number]["form"], code: string) => ({
    form,
    code,
    warning: null,
  });
  const target = recipe.bought === null ? (header?.field ?? "api_key") : "token";
  return {
    base_url: recipe.base,
    clear_text: recipe.base.startsWith("http:"),
    sent: recipe.sent,
    bought: recipe.bought,
    only_buy: recipe.onlyBuy,
    with_key: recipe.withKey,
    client_side_warning: warning,
    snippets: [
      plain("shell", `export ${variable}="$(keyturn token ${credential.ref})"`),
      plain("curl", `curl -X GET '${url}' \\\n  -H ${shell}`),
      plain("httpie", `http GET '${url}' ${shell}`),
      plain(
        "python",
        `import os\n\nimport requests\n\nresponse = requests.request(\n    "GET",\n    "${url}",\n    headers={\n        "${header?.name ?? ""}": "${scheme}" + os.environ["${variable}"],\n    },\n    timeout=30,\n)\nprint(response.status_code, response.text)`,
      ),
      {
        form: "javascript",
        code: `const url = new URL("${url}");\nconst response = await fetch(url, {\n  method: "GET",\n  headers: {\n    "${header?.name ?? ""}": "${scheme}" + process.env.${variable},\n  },\n});\nconsole.log(response.status, await response.text());`,
        warning,
      },
      plain("powershell_variable", `$env:${variable} = keyturn token ${credential.ref}`),
      plain(
        "powershell",
        `Invoke-RestMethod -Method GET \`\n  -Uri '${url}' \`\n  -Headers @{ '${header?.name ?? ""}' = "${scheme}$($env:${variable})" }`,
      ),
      {
        form: "browser",
        code: `// No key and no token here: your own server adds them.\nconst response = await fetch("/api/${credential.provider}${recipe.path}", {\n  method: "GET",\n});\nconsole.log(response.status, await response.text());`,
        warning,
      },
      plain("reference", `keyturn://${credential.ref}/${target}`),
    ],
  };
}

/** What its token says of itself. */
export function decodedOf(credential: CredentialDetail): DecodedToken {
  const { token } = credential;
  if (token.source !== "jwt_claim" || token.issued_at === null || token.expires_at === null)
    return { jwt: null };
  const seconds = (text: string): string => String(Math.floor(Date.parse(text) / 1_000));
  return {
    jwt: {
      header: [
        ["alg", "HS256"],
        ["typ", "JWT"],
      ],
      claims: [
        ["exp", seconds(token.expires_at)],
        ["iat", seconds(token.issued_at)],
        ["roles", '["analyst","exports"]'],
        ["sub", "maya@northwind.example"],
      ],
      issued_at: token.issued_at,
      not_before: null,
      expires_at: token.expires_at,
    },
  };
}
