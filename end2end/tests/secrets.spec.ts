// A known secret is planted in every secret field and found nowhere afterwards.

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { providers } from "./support/providers";
import { expect, test, visit } from "./support/test";

/** Every file below a folder. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
}

/** What the database holds, as far as it isn't a file of the data folder. */
function dumpOfPostgres(): string {
  const server = process.env.TEST_POSTGRES_URL;
  if (process.env.SERVER_DATABASE !== "postgres" || !server) return "";
  return execFileSync("pg_dump", [server.replace(/\/[^/]*$/, "/end2end")], { encoding: "utf8", maxBuffer: 1 << 30 });
}

const keys = {
  telegram_bot: ["secret.token"],
  telegram_app: ["secret.api_hash"],
  infobip: ["secret.api_key", "secret.callback"],
  messenger: ["secret.client_secret", "secret.whatsapp_token"],
  viber: ["secret.token"],
  web_chat: ["secret.captcha"],
  custom: ["secret.secret"],
} as const;

test("no planted secret is in pages, answers, logs, files or the database", async ({ page, api, tag }) => {
  test.slow();
  const planted: string[] = [];
  const texts: [string, string][] = [];
  for (const { code } of providers) {
    const fields: Record<string, string> = {};
    for (const [index, key] of keys[code].entries()) {
      const word = `Planted${tag}${code.replace("_", "")}${index}xyzxyzxyzxyzxyzxyz`;
      planted.push(word);
      fields[key] = code === "telegram_bot" ? `110201543:${word}` : word;
    }
    if (code === "web_chat") Object.assign(fields, { "settings.captcha.enabled": "true", "settings.captcha.sitekey": "site" });
    const gateway = await api.gateway({ name: `${tag} ${code}`, provider: code, fields });
    texts.push([`card of ${code}`, JSON.stringify(await api.getGateway(gateway.id))]);
    texts.push([`history of ${code}`, JSON.stringify(await api.call("gateways/history", { id: gateway.id, before: null }))]);
    for (const tab of ["general", "history"]) {
      await visit(page, `/chat-gateways/${gateway.id}/${tab}`);
      texts.push([`page of ${code}`, await page.content()]);
      texts.push([`source of ${code}`, await (await page.request.get(page.url())).text()]);
    }
  }
  const { SERVER_DATA, SERVER_LOG } = process.env;
  if (SERVER_LOG) texts.push(["log", readFileSync(SERVER_LOG, "latin1")]);
  if (SERVER_DATA) for (const file of filesBelow(SERVER_DATA)) texts.push([file, readFileSync(file, "latin1")]);
  texts.push(["dump of the database", dumpOfPostgres()]);
  expect(planted).toHaveLength(9);
  for (const [where, text] of texts) {
    for (const word of planted) expect(text.includes(word), `${word} in ${where}`).toBe(false);
  }
});
