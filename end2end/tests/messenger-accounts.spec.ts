// The pages, Instagram accounts and numbers of a Messenger gateway, against Meta's stand-in.

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { type GatewayCard, type Api } from "./support/api";
import { Standins, peerOfPage } from "./support/peer";
import { expect, test, visit } from "./support/test";

let apps = 0;

/** A picture for whoever wants to look: SHOTS names the folder. */
async function shot(page: Page, name: string): Promise<void> {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true });
}

type Shop = { app: string; page: string; other: string; user: string; token: string; gateway: GatewayCard; standins: Standins };

/** An app of this test's own with two pages, an Instagram account and a number, and a gateway that knows the app alone. */
async function shop(api: Api, standins: Standins, tag: string): Promise<Shop> {
  apps += 1;
  const app = `${Date.now()}${apps}`;
  const [page, other, user, token] = [`${app}1`, `${app}2`, `EAAUSER${app}`, `EAAPAGE${app}`];
  await standins.metaApp(app, `secret-${app}`, { user, system: `EAASYSTEM${app}` });
  await standins.metaPage(app, page, `${tag} shop`, token);
  await standins.metaPage(app, other, `${tag} bakery`, `EAAOTHER${app}`);
  await standins.instagram(page, `${app}3`, `${tag}_kyiv`);
  await standins.number(`${app}4`, `${app}5`, "+380 44 111 2233", `${tag} phone`);
  const flow = await api.flow(`${tag} echo`, "code", { program: '[{"sendText": "You said: ${start_message}"}]' });
  const fields = { "settings.client_id": app, "secret.client_secret": `secret-${app}`, "secret.whatsapp_token": `EAASYSTEM${app}` };
  const gateway = await api.gateway({ name: `${tag} meta`, provider: "messenger", flow: flow.id, enabled: true, fields });
  return { app, page, other, user, token, gateway, standins };
}

test("a token finds pages, one is subscribed, answers, and is removed", async ({ page, api, tag, request }) => {
  test.setTimeout(90_000);
  const it = await shop(api, new Standins(request), tag);
  await visit(page, `/chat-gateways/${it.gateway.id}/facebook`);
  await expect(page.getByRole("heading", { name: "No page is connected yet" })).toBeVisible();
  const token = page.getByLabel("Access token").filter({ visible: true });
  await token.fill(it.user);
  await token.press("Enter");
  const table = page.getByRole("table", { name: "Facebook pages" });
  await expect(table.getByRole("row")).toHaveCount(3);
  await expect(token).toHaveValue("");
  expect(await page.content()).not.toContain(it.user);

  const row = table.getByRole("row").filter({ hasText: `${tag} shop` });
  const toggle = row.getByRole("switch", { name: `Subscribe ${tag} shop` });
  await expect(toggle).toHaveAttribute("aria-checked", "false");
  await toggle.focus();
  await page.keyboard.press("Space");
  await expect(toggle).toHaveAttribute("aria-checked", "true");
  await expect(row.getByText("connected", { exact: true })).toBeVisible({ timeout: 20_000 });
  const peer = peerOfPage(it.standins, it.page, `7${it.app}`.slice(-12));
  // The switch is on at once; the subscription follows.
  await expect(async () => peer.says("Is it open?")).toPass({ timeout: 20_000 });
  await peer.sees("You said: Is it open?");

  await row.getByRole("button", { name: `Remove ${tag} shop` }).click();
  const dialog = page.getByRole("dialog", { name: `Remove “${tag} shop”?` });
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(row).toBeVisible();
  await row.getByRole("button", { name: `Remove ${tag} shop` }).click();
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect(row).toHaveCount(0);
  await expect(table.getByRole("row")).toHaveCount(2);

  await visit(page, `/chat-gateways/${it.gateway.id}/history`);
  await expect(page.getByText("changed 2 accounts")).toBeVisible();
  await expect(page.getByText(`Facebook page “${tag} shop”`).first()).toBeVisible();
});

test("somebody signs in at Meta in a window that closes when it is done", async ({ page, api, tag, request }) => {
  const it = await shop(api, new Standins(request), tag);
  await visit(page, `/chat-gateways/${it.gateway.id}/instagram`);
  const opened = page.waitForEvent("popup");
  await page.getByRole("button", { name: "Sign in with Meta" }).filter({ visible: true }).click();
  const popup = await opened;
  if (!popup.isClosed()) await popup.waitForEvent("close", { timeout: 20_000 });
  const table = page.getByRole("table", { name: "Instagram accounts" });
  await expect(table.getByRole("row")).toHaveCount(2);
  await expect(table).toContainText(`@${tag}_kyiv`);
  await expect(page.getByText("Meta names 1 Instagram account, 1 new.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Add or remove accounts" })).toBeVisible();
});

test("what Meta refuses is said in its own words, and what is gone is marked", async ({ page, api, tag, request, guard }) => {
  guard.allowStatus(422);
  const it = await shop(api, new Standins(request), tag);
  await visit(page, `/chat-gateways/${it.gateway.id}/facebook`);
  const token = page.getByLabel("Access token").filter({ visible: true });
  await token.fill("EAAMADEUP");
  await page.getByRole("button", { name: "Find pages" }).click();
  const problem = page.getByRole("alert").filter({ hasText: "Meta says: “Invalid OAuth access token" });
  await expect(problem).toBeVisible();
  await expect(problem).not.toContainText("EAAMADEUP");
  await shot(page, "facebook-empty-and-refused");
  await token.fill(it.user);
  await page.getByRole("button", { name: "Find pages" }).click();
  await expect(problem).toHaveCount(0);
  const row = page.getByRole("table", { name: "Facebook pages" }).getByRole("row").filter({ hasText: `${tag} shop` });
  await expect(row).toBeVisible();
  await it.standins.revokeAtMeta(it.token);
  await page.getByRole("button", { name: "Refresh" }).filter({ visible: true }).click();
  await expect(row.getByText("gone", { exact: true })).toBeVisible();
  await expect(row).toContainText("Meta no longer accepts the token");
  await shot(page, "facebook-gone");
});

test("what somebody else changes is seen, and numbers come with the saved token", async ({ page, api, tag, request }) => {
  const it = await shop(api, new Standins(request), tag);
  await visit(page, `/chat-gateways/${it.gateway.id}/whatsapp`);
  await page.getByRole("button", { name: "Refresh" }).filter({ visible: true }).click();
  const table = page.getByRole("table", { name: "WhatsApp numbers" });
  // The system users of the stand-in see each other's numbers.
  const row = table.getByRole("row").filter({ hasText: `${tag} phone` });
  await expect(row).toContainText("+380 44 111 2233");
  await expect(row).toContainText("approved");
  await expect(row).toContainText("green");
  const account = { id: it.gateway.id, kind: "whatsapp", account: `${it.app}5` };
  await api.call("gateways/subscribe_account", { ...account, on: true });
  await expect(row.getByRole("switch")).toHaveAttribute("aria-checked", "true");
  await api.call("gateways/remove_account", account);
  await expect(row).toHaveCount(0);
});

test("whoever may only read sees the pages and can do nothing with them", async ({ open, api, tag, request }) => {
  const it = await shop(api, new Standins(request), tag);
  await api.call("gateways/find_accounts", { id: it.gateway.id, kind: "facebook", token: it.user });
  const page = await open("viewer");
  await visit(page, `/chat-gateways/${it.gateway.id}/facebook`);
  const row = page.getByRole("table", { name: "Facebook pages" }).getByRole("row").filter({ hasText: `${tag} shop` });
  await expect(row.getByRole("switch")).toBeDisabled();
  await expect(row.getByRole("button", { name: `Remove ${tag} shop` })).toBeDisabled();
  const adding = page.getByRole("button", { name: "Add or remove pages" });
  await expect(adding).toBeDisabled();
  await expect(adding).toHaveAccessibleDescription(/takes the right “Update”/);
  await expect(page.getByLabel("Access token").filter({ visible: true })).toBeDisabled();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the pages are listed and can be refreshed", async ({ page, api, tag, request, guard }) => {
    // Switching JavaScript off is told as a refusal to load the scripts.
    guard.allow(/^request failed: \S+\.js csp$/);
    const it = await shop(api, new Standins(request), tag);
    await api.call("gateways/find_accounts", { id: it.gateway.id, kind: "facebook", token: it.user });
    await it.standins.revokeAtMeta(it.token);
    await page.goto(`/chat-gateways/${it.gateway.id}/facebook`);
    const row = page.getByRole("table", { name: "Facebook pages" }).getByRole("row").filter({ hasText: `${tag} shop` });
    await expect(row).toContainText(it.page);
    await page.getByRole("button", { name: "Refresh" }).first().click();
    await expect(row).toContainText("Meta no longer accepts the token");
  });
});

test("the tabs are accessible, narrow or wide, light or dark", async ({ page, api, tag, request }) => {
  test.setTimeout(60_000);
  const it = await shop(api, new Standins(request), tag);
  await api.call("gateways/find_accounts", { id: it.gateway.id, kind: "facebook", token: it.user });
  await api.call("gateways/find_accounts", { id: it.gateway.id, kind: "instagram", token: it.user });
  await api.call("gateways/refresh_accounts", { id: it.gateway.id, kind: "whatsapp" });
  await api.call("gateways/subscribe_account", { id: it.gateway.id, kind: "facebook", account: it.other, on: true });
  for (const [colorScheme, width] of [["light", 1680], ["dark", 390]] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    for (const tab of ["facebook", "instagram", "whatsapp"]) {
      await visit(page, `/chat-gateways/${it.gateway.id}/${tab}`);
      await expect(page.getByRole("switch", { name: /^Subscribe / }).first()).toBeVisible();
      const results = await new AxeBuilder({ page }).analyze();
      expect(results.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.target)])).toEqual([]);
      const scrolls = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
      expect(scrolls, `${tab} at ${width}`).toBe(false);
      await shot(page, `${tab}-${colorScheme}-${width}`);
    }
  }
});
