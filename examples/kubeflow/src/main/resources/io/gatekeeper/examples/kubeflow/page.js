"use strict";

const session = document.getElementById("session");
const answer = document.getElementById("answer");

function row(name, value) {
  const term = document.createElement("dt");
  const description = document.createElement("dd");
  term.textContent = name;
  description.textContent = Array.isArray(value) ? value.join(", ")
    : typeof value === "object" ? JSON.stringify(value) : String(value);
  return [term, description];
}

async function showSession() {
  const response = await fetch("/gatekeeper/session", { headers: { Accept: "application/json" } });
  const rows = response.ok
    ? Object.entries(await response.json()).filter(([, value]) => value !== null).flatMap(([name, value]) => row(name, value))
    : row("status", response.status + ": no session");
  session.replaceChildren(...rows);
  session.dataset.status = String(response.status);
}

async function showHello() {
  const response = await fetch("/api/hello", { headers: { Accept: "application/json" } });
  const type = response.headers.get("Content-Type") ?? "";
  let text = await response.text();
  if (/json/.test(type)) {
    text = JSON.stringify(JSON.parse(text), null, 2);
  }
  answer.hidden = false;
  answer.textContent = `GET /api/hello → ${response.status} ${type}\n\n${text}`;
  answer.dataset.status = String(response.status);
  await showSession();
}

document.getElementById("fetch").addEventListener("click", () => {
  showHello().catch((problem) => {
    answer.hidden = false;
    answer.textContent = String(problem);
  });
});
showSession().catch((problem) => session.replaceChildren(...row("problem", String(problem))));
