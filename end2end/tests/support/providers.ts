// The seven providers with every tab and field, as the specification lists them.

import { botToken, type ProviderCode } from "./api";

/** How a field is filled, and what it holds at first and later. */
export type Entry =
  | { label: string; kind: "text" | "choice" | "color"; first: string; later: string; kept?: string }
  | { label: string; kind: "secret"; first: string; later: string }
  | { label: string; kind: "switch"; first: boolean; later: boolean };

export type TabOf = { name: string; segment: string; savedOnly?: boolean; entries: Entry[] };
export type ProviderOf = { code: ProviderCode; label: string; flowTab?: string; tabs: TabOf[] };

const text = (label: string, first: string, later: string, kept?: string): Entry => ({ label, kind: "text", first, later, kept });
const secret = (label: string, first: string, later: string): Entry => ({ label, kind: "secret", first, later });
const toggle = (label: string, first = true, later = !first): Entry => ({ label, kind: "switch", first, later });
const choice = (label: string, first: string, later: string): Entry => ({ label, kind: "choice", first, later });
const color = (label: string, first: string, later: string): Entry => ({ label, kind: "color", first, later });

const messages = [
  text("Workspace member's name", "${first_name} ${last_name}", "${peer_name}"),
  text("Agent joining message", "Вітаємо, ${first_name}!", "Good day."),
  text("Chat complete message", "Thank you.", "Дякуємо."),
  text("Agent disconnection message", "${gateway_name}: we are back soon.", "Back soon."),
];
const forbiddenFile = text("Forbidden file format message", "No such files, please.", "Only pictures, please.");
const templates: TabOf = { name: "Templates", segment: "templates", entries: [...messages, forbiddenFile] };
const general = (...entries: Entry[]): TabOf => ({ name: "General", segment: "general", entries });

const otherToken = "220201544:BBHdqTcvCH1vGWJxfSeofSAs0K5PALDsax";

export const providers: ProviderOf[] = [
  {
    code: "telegram_bot",
    label: "Telegram Bot",
    tabs: [general(secret("Telegram BOT API token", botToken, otherToken)), templates],
  },
  {
    code: "telegram_app",
    label: "Telegram App",
    tabs: [general(text("API id", "12345", "54321"), secret("API hash", "0123456789abcdef", "fedcba9876543210")), templates],
  },
  {
    code: "infobip",
    label: "Infobip",
    tabs: [
      general(
        secret("API key", "infobip-first", "infobip-later"),
        text("Base URL", "https://XYZ.api.infobip.com/path?x=1", "https://abc.api.infobip.com", "https://xyz.api.infobip.com"),
        secret("Callback password", "infobip-callback-first", "infobip-callback-later"),
      ),
      templates,
    ],
  },
  {
    code: "messenger",
    label: "Messenger",
    tabs: [
      general(
        text("App ID", "1234567890", "9876543210"),
        secret("App Secret", "meta-first", "meta-later"),
        text("API Version", "v24.0", ""),
      ),
      { name: "Facebook", segment: "facebook", savedOnly: true, entries: [] },
      { name: "Instagram", segment: "instagram", savedOnly: true, entries: [toggle("Track comments"), toggle("Track mentions")] },
      { name: "WhatsApp", segment: "whatsapp", savedOnly: true, entries: [secret("Token", "whatsapp-first", "whatsapp-later")] },
      templates,
    ],
  },
  {
    code: "viber",
    label: "Viber",
    tabs: [
      general(
        secret("Token", "viber-first", "viber-later"),
        text("Bot Name", "Front desk", ""),
        text("Welcome message", "Вітаємо! Write to us.", ""),
      ),
      {
        name: "Style",
        segment: "style",
        entries: [color("Button background color", "#12ab34", "#000000"), color("Button font color", "#fedcba", "#eeeeee")],
      },
      templates,
    ],
  },
  {
    code: "web_chat",
    label: "Web chat",
    flowTab: "Chat",
    tabs: [
      general(text("Allow Origin", "https://shop.example.com, https://*.example.org", "*")),
      {
        name: "View",
        segment: "view",
        entries: [
          choice("Language", "Українська", "English"),
          choice("Position", "Left", "Right"),
          choice("Button Shape", "Rounded", "Square"),
          text("Logo URL", "https://shop.example.com/logo.png", ""),
          color("Button Color", "#d9480f", "#00ff00"),
          text("Button opacity", "80", "0"),
        ],
      },
      {
        name: "Chat",
        segment: "chat",
        entries: [
          toggle("Enable chat", true, true),
          text("Read Timeout", "60", "300"),
          text("Write Timeout", "5", "60"),
          text("Handshake Timeout", "20", "60"),
          text("Max media size (Mb)", "25", "100"),
          toggle("Open Timeout", true, true),
          text("Open Timeout Sec", "15", "0"),
        ],
      },
      {
        name: "Appointment",
        segment: "appointment",
        entries: [
          toggle("Enable appointments", true, true),
          text("Queue", "Call back", "Sales"),
          text("Communication type", "Phone", "Mobile"),
          choice("Duration", "1 h", "15 min"),
          text("Available agents", "4", "1"),
          text("Days", "7", "1"),
          toggle("Show message field"),
          toggle("Show email field"),
          toggle("Show default heading and subheading on result page", false, false),
          text("Heading text", "See you soon", "Дякуємо"),
          text("Subheading text", "We call you.", "Ми зателефонуємо."),
        ],
      },
      {
        name: "Alternative channels",
        segment: "alternative-channels",
        entries: [
          toggle("Show Viber", true, true),
          text("Viber", "viber://pa?chatURI=shop", "https://viber.example.com/shop"),
          toggle("Show WhatsApp", true, true),
          text("WhatsApp", "https://wa.me/380501234567", "https://wa.me/380507654321"),
          toggle("Show Telegram", true, true),
          text("Telegram", "https://t.me/shopbot", "https://t.me/otherbot"),
          toggle("Show Messenger", true, true),
          text("Messenger", "https://m.me/shop", "https://m.me/other"),
          toggle("Show email", true, true),
          text("Email", "support@example.com", "sales@example.com"),
          toggle("Enable online call", true, true),
          text("WebSocket Endpoint", "wss://call.example.com/ws", "wss://call.example.org/ws"),
          text("Call flow", "Reception", "Night"),
        ],
      },
      { name: "Templates", segment: "templates", entries: messages },
      {
        name: "reCAPTCHA",
        segment: "recaptcha",
        entries: [
          toggle("Enable reCAPTCHA", true, true),
          text("Site key", "site-key-1", "site-key-2"),
          secret("Secret key", "captcha-first", "captcha-later"),
          text("Threshold", "0.7", "0.3"),
          toggle("Show reCAPTCHA badge"),
        ],
      },
    ],
  },
  {
    code: "custom",
    label: "Custom Chat Gateway",
    tabs: [
      general(
        secret("App Secret", "custom-first", "custom-later"),
        text("Callback", "https://crm.example.com/replies", "http://10.0.0.5:8080/replies"),
        choice("Signature", "X-Webitel-Sign (older)", "Standard Webhooks"),
      ),
      templates,
    ],
  },
];
