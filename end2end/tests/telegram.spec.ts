// A Telegram bot from its first message to a token that was revoked, against the messenger's stand-in.

import { Card } from "./support/card";
import { Standins } from "./support/peer";
import { expect, test, visit } from "./support/test";

const program = '[{"sendText": "You said: ${start_message}"}]';
let bots = 0;

/** A token of this test's own. */
function token(): string {
  bots += 1;
  const number = `${Date.now()}`.slice(-8) + `${bots}`;
  return `1${number}:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw`;
}

test("a bot is connected, answers, loses its token, says so, and is repaired with another one", async ({ page, api, tag, request }) => {
  test.setTimeout(90_000);
  const standins = new Standins(request);
  const [first, second] = [token(), token()];
  await standins.bot(first, `${tag}_bot`);
  await api.call("flows/create", {
    kind: "code",
    fields: { name: `${tag} echo`, description: "", program, tags: "" },
  });

  const card = new Card(page);
  await card.openNew("telegram_bot");
  await card.field("Name").fill(`${tag} shop`);
  await card.field("Telegram BOT API token").fill(first);
  await card.chooseFlow(`${tag} echo`);
  await card.saved();
  const saved = page.url();

  await visit(page, `/chat-gateways?q=${tag}`);
  const row = page.getByRole("row", { name: new RegExp(`${tag} shop`) });
  await row.getByRole("switch").click();
  await expect(row.getByRole("switch")).toBeChecked();
  await expect(row.locator("[data-health=connected]")).toBeVisible({ timeout: 20_000 });

  const peer = standins.peer(first, 5_550_001);
  await peer.says("Hello from a peer");
  await peer.sees("You said: Hello from a peer");

  await standins.revoke(first);
  await expect(row.locator("[data-health=bad_credentials]")).toBeVisible({ timeout: 20_000 });

  await visit(page, saved);
  await expect(card.health).toContainText("Telegram does not accept the token.");
  await standins.bot(second, `${tag}_other_bot`);
  await card.health.getByRole("link", { name: "Replace token" }).click();
  await expect(card.field("Telegram BOT API token")).toBeFocused();
  await card.field("Telegram BOT API token").fill(second);
  await card.saved();
  await expect(page.locator("[data-health=connected]").first()).toBeVisible({ timeout: 20_000 });
  await standins.peer(second, 5_550_002).says("Back again");
  await standins.peer(second, 5_550_002).sees("You said: Back again");

  await visit(page, saved.replace(/general$/, "deliveries"));
  const log = page.getByRole("table");
  await expect(log.getByRole("row").filter({ hasText: "You said: Hello from a peer" })).toContainText("sent");
  await expect(log.getByRole("row").filter({ hasText: "Back again" }).first()).toBeVisible();
});

test("a webhook that points elsewhere is reported and taken over only when somebody says so", async ({ page, api, tag, request }) => {
  test.setTimeout(60_000);
  const standins = new Standins(request);
  const bot = token();
  await standins.bot(bot, `${tag}_bot`);
  await standins.seize(bot, "https://other.example/hook");
  const flow = await api.call<{ id: number }>("flows/create", {
    kind: "code",
    fields: { name: `${tag} echo`, description: "", program, tags: "" },
  });
  const gateway = await api.gateway({
    name: `${tag} shop`,
    provider: "telegram_bot",
    flow: flow.id,
    enabled: true,
    fields: { "secret.token": bot },
  });
  const card = new Card(page);
  await card.open(gateway.id);
  await expect(page.locator("[data-health=misconfigured]").first()).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText("other.example").first()).toBeVisible();
  await page.getByRole("button", { name: "Take over" }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Take over" }).click();
  await expect(page.locator("[data-health=connected]").first()).toBeVisible({ timeout: 20_000 });
  const peer = standins.peer(bot, 7);
  await peer.says("Ours now");
  await peer.sees("You said: Ours now");
});
