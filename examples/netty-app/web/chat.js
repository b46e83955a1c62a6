'use strict';

const lines = document.getElementById('lines');
const you = document.getElementById('you');
const text = document.getElementById('text');
const address = new URL('talk', location.href);
address.protocol = address.protocol.replace('http', 'ws');
const socket = new WebSocket(address);
let me = '';

function show(name, said) {
  const line = document.createElement('li');
  const who = document.createElement('b');
  who.textContent = name;
  line.append(who, said);
  line.classList.toggle('mine', name === me);
  lines.append(line);
  line.scrollIntoView();
}

socket.onmessage = message => {
  const tab = message.data.indexOf('\t');
  const name = message.data.slice(0, tab);
  const said = message.data.slice(tab + 1);
  if (name) {
    show(name, said);
  } else {
    me = said;
    you.textContent = me;
  }
};
socket.onclose = () => { you.textContent = 'not connected'; };

document.getElementById('speak').onsubmit = event => {
  event.preventDefault();
  socket.send(text.value);
  text.value = '';
};
