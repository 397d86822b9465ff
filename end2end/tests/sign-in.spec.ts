// Signing in and out.

import { nobody } from "./support/people";
import { Registry } from "./support/registry";
import { PasswordPage, SignInPage } from "./support/sign-in";
import { expect, hydrated, test, visit } from "./support/test";

test.use({ storageState: nobody });

test("a wrong password and an unknown name get the same answer, and the name stays", async ({ page, newUser, guard, tag }) => {
  guard.allowStatus(401, 403, 422);
  const user = await newUser("Viewer");
  await visit(page, "/sign-in");
  for (const name of [user.name, `${tag} nobody`]) {
    const answered = page.waitForResponse((response) => response.status() >= 400);
    await new SignInPage(page).signIn(name, "certainly wrong");
    await answered;
    await expect(page.getByRole("alert").filter({ hasText: "The name or the password is wrong." })).toBeVisible();
    await expect(new SignInPage(page).name).toHaveValue(name);
  }
  const form = new SignInPage(page);
  await form.name.fill(user.name);
  await form.password.fill(user.password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/chat-gateways/);
});

test("after signing in one is on the page that was asked for", async ({ page, newUser, tag }) => {
  const user = await newUser("Viewer");
  await visit(page, `/flows?q=${tag}&size=7`);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await new SignInPage(page).signIn(user.name, user.password);
  await expect(page).toHaveURL(`/flows?q=${tag}&size=7`);
  await expect(new Registry(page, "flows").heading).toBeVisible();
});

test("the way back after signing in never leads to another site", async ({ page, newUser }) => {
  const user = await newUser("Viewer");
  await visit(page, "/sign-in?next=//evil.example/x");
  await new SignInPage(page).signIn(user.name, user.password);
  await expect(page).toHaveURL("/chat-gateways");
});

test("signing out leads to the sign-in page, and going back shows nothing", async ({ open, newUser, guard }) => {
  guard.allowStatus(401);
  const user = await newUser("Viewer");
  const page = await open(user);
  await visit(page, "/chat-gateways");
  await page.getByRole("button", { name: new RegExp(user.name) }).click();
  await page.getByRole("button", { name: "Sign out", exact: true }).or(page.getByRole("menuitem", { name: "Sign out", exact: true })).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto("/chat-gateways");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("a user changes their own password; the present one must be right and the new one typed twice", async ({ open, newUser, guard }) => {
  guard.allowStatus(422, 403, 400);
  const user = await newUser("Viewer");
  const page = await open(user);
  await visit(page, "/password");
  const form = new PasswordPage(page);
  await form.change("not the present one", "an even better password");
  await expect(page.getByText("This is not your present password.")).toBeVisible();
  await form.change(user.password, "an even better password", "something else entirely");
  await expect(page.getByText(/same|differ|match/i).first()).toBeVisible();
  await expect(page).toHaveURL(/\/password/);
  await form.change(user.password, "an even better password");
  await expect(page).toHaveURL(/\/chat-gateways/);

  const next = await open(undefined);
  await visit(next, "/sign-in");
  await hydrated(next);
  await new SignInPage(next).signIn(user.name, "an even better password");
  await expect(next).toHaveURL(/\/chat-gateways/);
});
