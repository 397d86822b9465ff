// Product 3.3: rules at the fields.

import { botToken } from "./support/api";
import { Card } from "./support/card";
import { expect, reload, test, visit } from "./support/test";

test("a URI that is taken is refused at its field, and nothing is lost", async ({ page, api, tag, guard }) => {
  guard.allowStatus(409, 422);
  await api.gateway({ name: `${tag} first`, uri: `/${tag}` });
  const card = new Card(page);
  await card.openNew("custom");
  await card.field("Name").fill(`${tag} second`);
  await card.field("App Secret").fill("a-shared-secret");
  await card.field("Callback").fill("https://crm.example.com/replies");
  await card.field("URI").fill(`/${tag}`);
  await card.save.click();
  await card.expectProblem("URI", /Another gateway has this URI/);
  await expect(card.field("App Secret")).toHaveValue("a-shared-secret");
  await card.field("URI").fill(`/${tag}-2`);
  await card.saved();
  await expect(card.field("URI"), "afterwards it can't be changed").not.toBeEditable();
  await expect(card.field("URI")).toHaveValue(`/${tag}-2`);
});

test("a URI that is reserved or has wrong characters says why while it is typed", async ({ page }) => {
  const card = new Card(page);
  await card.openNew("telegram_bot");
  const wrong: [string, RegExp][] = [
    ["/health/x", /reserved/],
    ["/ab", /3 to 128/],
    ["/Abc", /“A” is not allowed/],
    ["/a/../b", /“\.” is not allowed/],
    ["abc", /Begin the URI with/],
  ];
  for (const [uri, reason] of wrong) {
    await card.field("URI").fill(uri);
    await card.field("URI").blur();
    await card.expectProblem("URI", reason);
    await expect(card.save).toBeDisabled();
  }
});

test("a name of spaces or of 201 characters is refused at its field", async ({ page, api, tag }) => {
  const gateway = await api.gateway({ name: `${tag} Alpha` });
  const card = new Card(page);
  await card.open(gateway.id);
  await card.field("Name").fill("   ");
  await card.field("Name").blur();
  await card.expectProblem("Name", /Enter a name/);
  await expect(card.save).toBeDisabled();
  await card.field("Name").evaluate((input: HTMLInputElement) => input.removeAttribute("maxlength"));
  await card.field("Name").fill("ї".repeat(201));
  await card.field("Name").blur();
  await card.expectProblem("Name", /at most 200 characters/);
  await expect(card.save).toBeDisabled();
});

test("a whole message of BotFather keeps its token, and something else is no token", async ({ page, api, tag }) => {
  const card = new Card(page);
  await card.openNew("telegram_bot");
  await card.field("Name").fill(`${tag} bot`);
  const token = card.field("Telegram BOT API token");
  await token.fill("12345");
  await token.blur();
  await card.expectProblem("Telegram BOT API token", /no bot token/);
  await expect(card.save).toBeDisabled();
  await token.fill(`Done! Use this token to access the HTTP API: ${botToken} Keep your token secure.`);
  await token.blur();
  await card.saved();
  const [name] = await api.namesOfGateways(tag);
  expect(name).toBe(`${tag} bot`);
});

test("a secret is write-only: it says by whom it was set, and Replace takes a new one", async ({ page, api, tag }) => {
  const gateway = await api.gateway({ name: `${tag} Alpha`, fields: { "secret.secret": "planted-first-secret" } });
  const card = new Card(page);
  await card.open(gateway.id);
  await expect(page.getByText(/set by admin/i).first()).toBeVisible();
  await expect(card.field("App Secret")).toHaveCount(0);
  expect(await page.content()).not.toContain("planted-first-secret");

  await page.getByRole("button", { name: /^Replace/ }).click();
  await expect(card.field("App Secret")).toBeFocused();
  await page.getByRole("button", { name: /Keep the present one/ }).click();
  await expect(card.field("App Secret")).toHaveCount(0);
  await expect(card.save).toBeDisabled();
  await page.getByRole("button", { name: /^Replace/ }).click();
  await card.field("App Secret").fill("planted-second-secret");
  await card.saved();
  await expect(card.field("App Secret")).toHaveCount(0);
  await reload(page);
  expect(await page.content()).not.toContain("planted-second-secret");
});

test("a secret can be made by the page where one's own is needed", async ({ page }) => {
  const card = new Card(page);
  await card.openNew("custom");
  await page.getByRole("button", { name: /^(Generate|Make)/ }).click();
  await expect(card.field("App Secret")).toHaveValue(/^whsec_[A-Za-z0-9+/]{32}$/);
});

test("the address for Infobip's portal can be copied while its password is there", async ({ page }) => {
  const card = new Card(page);
  await card.openNew("infobip");
  const copy = page.getByRole("button", { name: "Copy callback URL with callback password" });
  await expect(copy).toBeHidden();
  await page.getByRole("button", { name: "Generate" }).click();
  await expect(card.field("Callback password")).toHaveValue(/^[A-Za-z0-9_-]{43}$/);
  await copy.click();
  await expect(page.getByText(/The whole address/)).toBeVisible();
  await card.field("Callback password").fill("tooshort");
  await card.field("Callback password").blur();
  await card.expectProblem("Callback password", /16 or more letters/);
});

test("a field that depends on a switch is inert while that is off", async ({ page }) => {
  const card = new Card(page);
  await visit(page, "/chat-gateways/new/web_chat/recaptcha");
  await expect(card.field("Site key")).toBeDisabled();
  await page.getByRole("switch", { name: "Enable reCAPTCHA" }).check();
  await expect(card.field("Site key")).toBeEnabled();
  await card.field("Threshold").fill("1.5");
  await card.field("Threshold").blur();
  await card.expectProblem("Threshold", /from 0 to 1/);
});

test("numbers, addresses, origins and colours are checked with a sentence that helps", async ({ page }) => {
  const card = new Card(page);
  await visit(page, "/chat-gateways/new/web_chat/general");
  const wrong: [string, string, string, RegExp][] = [
    ["General", "Allow Origin", "shop.example.com", /no origin/],
    ["View", "Logo URL", "ftp://x.example.com/a.png", /begins with https/],
    ["View", "Button Color", "#12", /six hexadecimal digits/],
    ["View", "Button opacity", "101", /from 0 to 100/],
    ["Chat", "Read Timeout", "29", /from 30 to 300/],
    ["Chat", "Max media size (Mb)", "101", /from 1 to 100/],
  ];
  for (const [tab, label, value, reason] of wrong) {
    await card.openTab(tab);
    await card.field(label).fill(value);
    await card.field(label).blur();
    await card.expectProblem(label, reason);
  }
});

test("a colour has a well and a button that resets it", async ({ page }) => {
  const card = new Card(page);
  await visit(page, "/chat-gateways/new/viber/style");
  const color = card.field("Button background color");
  await expect(color).toHaveValue("#1d2733");
  await color.fill("#ff0000");
  await page.getByRole("button", { name: /^Reset/ }).first().click();
  await expect(color).toHaveValue("#1d2733");
});
