// The main screens, light, dark and on a phone.

import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import { Card } from "../tests/support/card";
import { Program } from "../tests/support/program";
import { Registry } from "../tests/support/registry";
import { test, visit } from "../tests/support/test";
import { fill } from "./data";

const folder = process.env.SCREENSHOTS ?? path.resolve(__dirname, "../../target/screenshots");
const readme = path.resolve(__dirname, "../../docs/images/registry.png");

test.describe.configure({ mode: "serial" });

const looks = {
  light: { colorScheme: "light", viewport: { width: 1280, height: 800 } },
  dark: { colorScheme: "dark", viewport: { width: 1280, height: 800 } },
  phone: { colorScheme: "light", viewport: { width: 390, height: 844 } },
} as const;

let ids: Awaited<ReturnType<typeof fill>>;

test("an empty registry", async ({ open }) => {
  for (const [look, options] of Object.entries(looks)) {
    const page = await open("administrator", options);
    await visit(page, "/chat-gateways");
    await page.screenshot({ path: path.join(folder, look, "registry-empty.png") });
  }
});

test("the data", async ({ api }) => {
  test.setTimeout(120_000);
  ids = await fill(api);
});

for (const [look, options] of Object.entries(looks)) {
  test(`every screen, ${look}`, async ({ open, guard }) => {
    guard.allow(/.*/);
    mkdirSync(path.join(folder, look), { recursive: true });
    const page = await open("administrator", options);
    const shot = (name: string, fullPage = false) => page.screenshot({ path: path.join(folder, look, `${name}.png`), fullPage });
    const pages: [string, string][] = [
      ["registry", "/chat-gateways"],
      ["registry-nothing", "/chat-gateways?q=warehouse"],
      ["registry-wrong-size", "/chat-gateways?size=0"],
      ["card-new", "/chat-gateways/new/telegram_bot/general"],
      ["card-general", `/chat-gateways/${ids.gateway}/general`],
      ["card-templates", `/chat-gateways/${ids.gateway}/templates`],
      ["card-history", `/chat-gateways/${ids.gateway}/history`],
      ["card-deliveries", `/chat-gateways/${ids.gateway}/deliveries`],
      ["card-conversations", `/chat-gateways/${ids.gateway}/conversations`],
      ["card-web-chat-view", `/chat-gateways/${ids.webChat}/view`],
      ["card-web-chat-chat", `/chat-gateways/${ids.webChat}/chat`],
      ["card-web-chat-appointment", `/chat-gateways/${ids.webChat}/appointment`],
      ["card-web-chat-channels", `/chat-gateways/${ids.webChat}/alternative-channels`],
      ["flows", "/flows"],
      ["flow-general", `/flows/${ids.flow}/general`],
      ["flow-new-menu", "/flows/new/code/general?starter=menu"],
      ["flow-constructor", `/flows/${ids.diagram}/constructor`],
      ["users", "/users"],
      ["user-new", "/users/new"],
      ["roles", "/roles"],
      ["role-new", "/roles/new"],
      ["password", "/password"],
      ["not-found", "/nowhere"],
    ];
    for (const [name, address] of pages) {
      await visit(page, address);
      await shot(name, look === "phone");
    }
    await dialogs(page, shot);
    const outside = await open(undefined, options);
    await visit(outside, "/sign-in");
    await outside.screenshot({ path: path.join(folder, look, "sign-in.png") });
    const stranger = await open("stranger", options);
    await stranger.goto("/chat-gateways");
    await stranger.screenshot({ path: path.join(folder, look, "no-access.png") });
    const viewer = await open("viewer", options);
    await visit(viewer, `/chat-gateways/${ids.gateway}/general`);
    await viewer.screenshot({ path: path.join(folder, look, "card-read-only.png") });
  });
}

async function dialogs(page: Page, shot: (name: string) => Promise<unknown>): Promise<void> {
  const registry = new Registry(page);
  const card = new Card(page);
  await registry.open();
  await registry.add.click();
  await page.getByRole("dialog").waitFor();
  await shot("dialog-new");
  await page.keyboard.press("Escape");
  await registry.checkbox("Support bot").check();
  await registry.checkbox("CRM bridge").check();
  await registry.deleteSelected.hover();
  await shot("selection");
  await registry.deleteSelected.click();
  await registry.dialog.waitFor();
  await shot("dialog-delete");
  await page.keyboard.press("Escape");
  await registry.selectAll.check();
  await shot("selection-all");
  await registry.open();
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  await shot("dialog-help");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /admin/ }).click();
  await shot("account-menu");
  await registry.open({ q: "Career" });
  await registry.toggle("Career page").click();
  await page.getByText(/Choose a flow schema first/).first().waitFor();
  await shot("switch-refused");
  await card.open(ids.gateway);
  await card.field("Name").fill("");
  await card.field("Name").blur();
  await card.flow.fill("Front");
  await page.getByRole("option").first().waitFor();
  await shot("card-errors");
  const program = new Program(page);
  await program.open(ids.flow);
  await program.tool("Versions").click();
  await page.getByRole("dialog").getByText(/added/).waitFor();
  await shot("flow-versions");
  await page.keyboard.press("Escape");
  await program.openTrial();
  await program.say("Good day");
  await program.expectSaid(/What can we do for you/);
  await shot("flow-try-it");
  await program.write('[\n  { "sendTxt": "Good day" }\n]');
  await program.expectMistakes(1);
  await shot("flow-mistakes");
}

test("the picture of the README", async ({ open }) => {
  const page = await open("administrator", looks.light);
  await new Registry(page).open();
  mkdirSync(path.dirname(readme), { recursive: true });
  await page.screenshot({ path: readme });
});
