import { h, fill } from "../dom.js";
import { loading } from "../components/notice.js";
import * as api from "../api.js";

export const title = "API";

/** The OpenAPI document for people: every operation with its parameters, fields, answers and an example. */
export async function show(root) {
  const page = h("div", { class: "page" }, loading(6, "line"));
  fill(root, page);
  const document = await api.reference();
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, ...operation })),
  );
  const tags = [...new Set(operations.flatMap((operation) => operation.tags))];
  fill(
    page,
    h(
      "div",
      { class: "page-head" },
      h("div", {}, h("h1", {}, "API"), h("p", { class: "lead" }, words(document.info.description)), h("p", {}, h("a", { href: "v3/api-docs" }, "OpenAPI 3.1 as JSON"))),
    ),
    tags.map((tag) =>
      h("section", { class: "panel stack" }, h("h2", {}, tag), operations.filter((o) => o.tags.includes(tag)).map((o) => described(document, o))),
    ),
    h("section", { class: "panel stack" }, h("h2", {}, "schemas"), Object.entries(document.components.schemas).map(([name, schema]) => schemaOf(name, schema))),
  );
}

function described(document, { method, path, summary, description, parameters = [], requestBody, responses }) {
  return h(
    "details",
    { class: "more" },
    h("summary", {}, h("code", {}, `${method} ${path}`), " ", words(summary)),
    description && h("p", {}, words(description)),
    parameters.length > 0 &&
      table(["parameter", "type", "meaning"], parameters.map((p) => [`${p.name}${p.required ? " *" : ""}`, typeOf(p.schema), words(p.description)])),
    requestBody && Object.entries(requestBody.content).map(([type, body]) => h("p", {}, `Body: ${type}, `, typeOf(body.schema))),
    h("pre", { class: "settings-text" }, example(method, path, parameters, requestBody)),
    table(
      ["status", "answer"],
      Object.entries(responses).map(([status, answer]) => [status, meaning(document, answer)]),
    ),
  );
}

function meaning(document, answer) {
  const problem = answer.$ref && document.components.responses[answer.$ref.split("/").at(-1)];
  if (problem) return words(problem.description);
  const content = Object.entries(answer.content ?? {});
  return content.length === 0 ? "no body" : content.map(([type, { schema }]) => h("div", {}, `${type} `, typeOf(schema)));
}

/** The example as a command line. */
function example(method, path, parameters, body) {
  const given = parameters.filter((p) => p.example !== undefined);
  let address = given.filter((p) => p.in === "path").reduce((so, p) => so.replace(`{${p.name}}`, encodeURIComponent(p.example)), path);
  const query = given.filter((p) => p.in === "query").map((p) => `${p.name}=${encodeURIComponent(p.example)}`);
  if (query.length > 0) address += `?${query.join("&")}`;
  const [type, content] = Object.entries(body?.content ?? {}).find(([, { example }]) => example !== undefined) ?? [];
  const data = content && ` \\\n  -H 'Content-Type: ${type}' --data-binary '${typeof content.example === "string" ? content.example : JSON.stringify(content.example)}'`;
  return `curl -X ${method} '${location.origin}${address}'${data ?? ""}`;
}

function schemaOf(name, schema) {
  const required = schema.required ?? [];
  return h(
    "details",
    { class: "more", id: `schema-${name}` },
    h("summary", {}, h("code", {}, name)),
    table(
      ["field", "type", "meaning"],
      Object.entries(schema.properties ?? {}).map(([field, property]) => [`${field}${required.includes(field) ? " *" : ""}`, typeOf(property), words(property.description)]),
    ),
  );
}

function typeOf(schema = {}) {
  if (schema.$ref) return schema.$ref.split("/").at(-1);
  if (schema.oneOf) return schema.oneOf.map(typeOf).join(" or ");
  if (schema.enum) return schema.enum.join(", ");
  if (Array.isArray(schema.type)) return schema.type.join(" or ");
  if (schema.type === "array") return `list of ${typeOf(schema.items)}`;
  if (typeof schema.additionalProperties === "object") return `${typeOf(schema.additionalProperties)} by name`;
  return [schema.type ?? "any", schema.format].filter(Boolean).join(", ");
}

const table = (head, rows) =>
  h(
    "div",
    { class: "table-scroll" },
    h("table", { class: "plain-table" }, h("thead", {}, h("tr", {}, head.map((name) => h("th", { scope: "col" }, name)))), h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell) => h("td", {}, cell)))))),
  );

/** Text in which `backticks` mark code. */
const words = (text = "") => text.split("`").map((part, i) => (i % 2 === 1 ? h("code", {}, part) : part));
