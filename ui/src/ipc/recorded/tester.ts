/** Sending, previews, saved requests, imports and code of the recorded backend. */
import type { Ipc } from "../contract";
import type {
  ImportedView,
  RecipeView,
  RequestCode,
  SavedRequest,
  SavedRequests,
  SavedView,
  SendRequestAnswer,
  TesterAnswer,
  TesterRequest,
} from "../types";
import { answered, answers, failure } from "./answers";
import { RecordedBodies } from "./bodies";

type Call<Name extends keyof Ipc> = Parameters<Ipc[Name]>[0];
type Listed = { reference: string };

/** What a credential's requests carry, masked as the agent does. */
function carried(recipe: RecipeView | undefined): Record<string, string> {
  const sends = (recipe?.sends ?? []).filter((one) => !one.startsWith("?"));
  return Object.fromEntries(
    sends.map((one) => [
      one.slice(0, one.indexOf(":")),
      one.slice(one.indexOf(":") + 2).replace("…", "●●●●x9Qd"),
    ]),
  );
}

export class RecordedTester extends RecordedBodies {
  readonly saved = new Map<string, SavedView[]>();
  /** Whether answers wait until they are let go, or cancelled. */
  hanging = false;
  private letGo: () => void = () => undefined;

  tester_send = async (call: TesterRequest): Promise<TesterAnswer> => {
    const answer = await this.answer("tester_send", call, () => this.sent(call));
    if (this.hanging) await new Promise<void>((done) => (this.letGo = done));
    return answer;
  };

  tester_cancel = (call: Call<"tester_cancel">) =>
    this.answer("tester_cancel", call, () => this.letGo());

  tester_preview = (call: TesterRequest) =>
    this.answer("tester_preview", call, (): SendRequestAnswer => {
      const { sent } = this.outlined(call);
      return answered({ status: null, status_words: null, tls: null, size: null, sent });
    });

  list_saved = (call: Listed) =>
    this.answer("list_saved", call, () => this.savedOf(call.reference));

  save_request = (call: Listed & { saved: SavedRequest; replaces: string | null }) =>
    this.answer("save_request", call, () => {
      const { saved, reference } = call;
      const others = this.savedOf(reference).filter((one) => one.saved.name !== call.replaces);
      if (others.some((one) => one.saved.name === saved.name))
        throw failure("already_exists", `there is a request called '${saved.name}' already`);
      const harmless = saved.request.method === "GET";
      const all = [...others, { saved, harmless, variables: [] }];
      all.sort((a, b) => a.saved.name.localeCompare(b.saved.name));
      this.saved.set(reference, all);
      return all;
    });

  save_requests = (call: Listed & { requests: SavedRequest[] }) =>
    this.answer("save_requests", call, (): SavedRequests => {
      const { reference, requests } = call;
      const not_saved: SavedRequests["not_saved"] = [];
      const all = [...this.savedOf(reference)];
      for (const [at, saved] of requests.entries()) {
        if (saved.request.url.endsWith("/login")) {
          const why = failure(
            "refused_by_policy",
            "a value that is stored as a secret stands in it",
          );
          not_saved.push({ at, why });
        } else all.push({ saved, harmless: saved.request.method === "GET", variables: [] });
      }
      all.sort((a, b) => a.saved.name.localeCompare(b.saved.name));
      this.saved.set(reference, all);
      return { saved: all, not_saved };
    });

  remove_saved = (call: Listed & { name: string }) =>
    this.answer("remove_saved", call, () => {
      const left = this.savedOf(call.reference).filter((one) => one.saved.name !== call.name);
      this.saved.set(call.reference, left);
      return left;
    });

  import_curl = (call: Call<"import_curl">) =>
    this.answer("import_curl", call, (): ImportedView => {
      const url = /https?:\/\/[^\s'"]+/.exec(call.text)?.[0];
      if (url === undefined) throw failure("invalid_input", "the command names no address");
      const [address = "", query = ""] = url.split("?");
      const params = [...new URLSearchParams(query)].map(([name, value]) => ({ name, value }));
      const header = /-H '(accept): ([^']*)'/i.exec(call.text);
      return {
        request: {
          method: /-X (\w+)/.exec(call.text)?.[1] ?? "GET",
          url: address,
          query: params,
          headers: header === null ? [] : [{ name: "Accept", value: header[2] ?? "" }],
        },
        removed: /authorization/i.test(call.text)
          ? ["The header Authorization was taken out: the credential sends its own."]
          : [],
        left_out: call.text.includes("--compressed") ? ["--compressed was left out."] : [],
        variables: [],
      };
    });

  import_document = (call: Call<"import_document">) =>
    this.answer("import_document", call, () => {
      const asked = (name: string, method: string, path: string): ImportedView => ({
        request: { method, url: `${call.base ?? ""}${path}` },
        removed: name === "Log in" ? ["The field password was taken out."] : [],
        left_out: [],
        variables: [],
      });
      const all: [string, string, string][] = [
        ["List orders", "GET", "/v1/orders"],
        ["Show an order", "GET", "/v1/orders/{id}"],
        ["Log in", "POST", "/v1/login"],
      ];
      return {
        kind: "openapi" as const,
        title: "Orders",
        requests: all.map(([name, method, path]) => ({
          name,
          folder: ["orders"],
          imported: asked(name, method, path),
        })),
        left_out: ["Callbacks were left out."],
      };
    });

  request_code = (call: Call<"request_code">) =>
    this.answer("request_code", call, (): RequestCode => {
      const { sent } = this.outlined(call.call);
      const fetch = call.form === "fetch";
      return {
        text: fetch
          ? `await fetch("${sent.url}", { headers: { Authorization: \`Bearer \${token}\` } });`
          : `curl '${sent.url}' \\\n  -H "Authorization: Bearer $TOKEN"`,
        variables: [["TOKEN", `keyturn token ${call.call.reference}`]],
        warning: fetch
          ? "In a page or an app, everybody who opens it reads the token. Let your server ask."
          : null,
      };
    });

  request_variables = (call: Call<"request_variables">) =>
    this.answer("request_variables", call, (): string[] =>
      [...JSON.stringify(call.request).matchAll(/\{\{(\w+)\}\}/g)].map(([, name = ""]) => name),
    );

  private savedOf(reference: string): SavedView[] {
    return this.saved.get(reference) ?? [];
  }

  private outlined(call: TesterRequest): Pick<SendRequestAnswer, "sent"> {
    const credential = this.find(call.reference);
    const view = this.views().find(({ id }) => id === credential.provider);
    const environment = call.environment ?? credential.environment;
    const base = view?.environments.find(({ name }) => name === environment)?.base_url ?? "";
    const { method, url, query = [], headers = [] } = call.request;
    const sample = view?.samples.find((one) => one.method === method && one.path === url);
    const wanted = call.recipe ?? sample?.recipe ?? view?.methods[0]?.recipe;
    const given = headers.filter(({ on }) => on !== false).map(({ name, value }) => [name, value]);
    const recipe = view?.recipes.find(({ name }) => name === wanted);
    return {
      sent: {
        method,
        url: `${base.replace(/\/$/, "")}${url}`,
        query: query.filter(({ on }) => on !== false).map(({ name }) => name),
        headers: { ...carried(recipe), ...Object.fromEntries(given) },
        body: null,
        body_bytes: null,
      },
    };
  }

  private sent(call: TesterRequest): TesterAnswer {
    const { method, url } = call.request;
    const credential = this.find(call.reference);
    const view = this.views().find(({ id }) => id === credential.provider);
    const sample = view?.samples.find((one) => one.method === method && one.path === url);
    const creates = sample?.creates ?? !["GET", "HEAD", "OPTIONS"].includes(method);
    if (creates && !call.confirmed)
      throw failure("confirmation_needed", "this request may create or change something");
    const known = answers[sample?.id ?? ""]?.() ?? answered({ body: '{"ok":true}' });
    const answer = { ...known, ...this.outlined(call) };
    const exchange = this.noteExchange(
      { method, path: url, status: answer.status, environment: credential.environment },
      call.reference,
    );
    const checks = call.checks.map((check) => ({
      check,
      passed: true,
      got: "200",
      words: check.of === "status" ? `status is ${check.is}` : check.of,
    }));
    return this.given({ ...answer, exchange, checks }, answer.body ?? "");
  }
}
