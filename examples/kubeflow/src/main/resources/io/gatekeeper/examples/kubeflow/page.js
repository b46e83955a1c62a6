"use strict";

const session = document.getElementById("session");
const answer = document.getElementById("answer");

const times = ["started", "exp", "end", "due"];

function text(name, value) {
  if (times.includes(name)) {
    return new Date(value * 1000).toLocaleString();
  }
  return Array.isArray(value) ? value.join(", ") : typeof value === "object" ? JSON.stringify(value) : String(value);
}

function row(name, value) {
  const term = document.createElement("dt");
  const description = document.createElement("dd");
  term.textContent = name;
  description.textContent = text(name, value);
  return [term, description];
}

async function showSession() {
  const response = await fetch("/gatekeeper/session", { headers: { Accept: "application/json" } });
  const rows = response.ok
    ? Object.entries(await response.json()).filter(([, value]) => value !== null).flatMap(([name, value]) => row(name, value))
    : row("status", response.status + ": no session");
  session.replaceChildren(...rows);
  session.dataset.status = String(response.status);
  document.querySelector(".on").hidden = !response.ok;
  document.querySelector(".off").hidden = response.ok;
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
