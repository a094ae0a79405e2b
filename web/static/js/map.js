// A map of papers: spots and lines in WebGL, names on a canvas above them.
const NAMED = 36;
const RINGED = 500; // of what was found
const CLOSEST = 60;
const VERTEX = `#version 300 es
uniform vec2 centre, scale; uniform float ratio, zoom, fade; uniform bool isSpot;
in vec2 place; in float size; in vec4 colour;
out vec4 shade; out float width;
void main() {
  gl_Position = vec4((place - centre) * scale, 0, 1);
  width = (size * zoom + 2.) * ratio; gl_PointSize = width;
  shade = vec4(colour.rgb, isSpot ? colour.a : colour.a * fade);
}`;
const FRAGMENT = `#version 300 es
precision highp float;
uniform bool isSpot; uniform vec4 rim;
in vec4 shade; in float width; out vec4 drawn;
void main() {
  if (!isSpot) { drawn = vec4(shade.rgb * shade.a, shade.a); return; }
  float away = length(gl_PointCoord - .5) * width;
  float inside = clamp(width / 2. - away, 0., 1.);
  vec3 look = mix(shade.rgb, rim.rgb, clamp(away - width / 2. + 2., 0., 1.) * rim.a);
  drawn = vec4(look, 1) * inside * shade.a;
}`;

class Painter {
  constructor(canvas) {
    const gl = canvas.getContext("webgl2", { antialias: true });
    if (!gl) throw new Error("no WebGL");
    this.gl = gl;
    this.program = gl.createProgram();
    for (const [kind, text] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]]) {
      const shader = gl.createShader(kind);
      gl.shaderSource(shader, text);
      gl.compileShader(shader);
      gl.attachShader(this.program, shader);
    }
    gl.linkProgram(this.program);
    if (!gl.getProgramParameter(this.program, gl.LINK_STATUS)) throw new Error("no shaders");
    gl.useProgram(this.program);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    Object.assign(this, { buffers: {}, uniforms: {}, attributes: {} });
  }

  // places of uniforms and attributes, asked for once: each question waits for the GPU
  at(name) { return (this.uniforms[name] ??= this.gl.getUniformLocation(this.program, name)); }

  of(name) { return (this.attributes[name] ??= this.gl.getAttribLocation(this.program, name)); }

  load(name, values, width) {
    const gl = this.gl;
    this.buffers[name] ??= { buffer: gl.createBuffer() };
    Object.assign(this.buffers[name], { count: values.length / width, width });
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers[name].buffer);
    gl.bufferData(gl.ARRAY_BUFFER, values, gl.DYNAMIC_DRAW);
  }

  bind(attribute, name) {
    const gl = this.gl, where = this.of(attribute);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers[name].buffer);
    gl.enableVertexAttribArray(where);
    gl.vertexAttribPointer(where, this.buffers[name].width, gl.FLOAT, false, 0, 0);
  }

  // colours are those of the buffer of that name, or one for all
  lines(name, colour, fade) {
    const gl = this.gl;
    if (!this.buffers[name]?.count) return;
    gl.uniform1i(this.at("isSpot"), 0);
    gl.uniform1f(this.at("fade"), fade);
    this.bind("place", name);
    gl.disableVertexAttribArray(this.of("size"));
    if (typeof colour === "string") this.bind("colour", colour);
    else {
      gl.disableVertexAttribArray(this.of("colour"));
      gl.vertexAttrib4fv(this.of("colour"), colour);
    }
    gl.drawArrays(gl.LINES, 0, this.buffers[name].count);
  }

  spots() {
    const gl = this.gl;
    gl.uniform1i(this.at("isSpot"), 1);
    for (const [attribute, name] of [["place", "places"], ["size", "sizes"], ["colour", "colours"]]) this.bind(attribute, name);
    gl.drawArrays(gl.POINTS, 0, this.buffers.places.count);
  }
}

// "BERT: Pre-training of …" is known as BERT
function short(name, most) {
  const head = name.split(/: | - /)[0];
  return head.length <= most ? head : `${head.slice(0, most - 2).trimEnd()}…`;
}

export class PaperMap {
  constructor(frame, data) {
    this.frame = frame;
    this.data = data;
    this.count = data.ids.length;
    this.most = Math.max(1, ...data.cited);
    this.order = [...data.ids.keys()].sort((a, b) => data.cited[b] - data.cited[a] || a - b);
    this.words = data.ids.map((_, row) => `${data.names[row]}\n${data.titles[row] ?? ""}`.toLowerCase());
    this.view = { x: 0.5, y: 0.5, zoom: 1 };
    this.chosen = null;
    this.found = null; // rows that the words in the field left, or null
    this.canvas = this.layer("drawn");
    this.painter = new Painter(this.canvas);
    this.names = this.layer("names").getContext("2d");
    this.painter.load("places", new Float32Array(data.places), 2);
    this.painter.load("sizes", new Float32Array(data.cited.map((n) => 2.5 + 16 * Math.sqrt(n / this.most))), 1);
    this.painter.load("links", new Float32Array(data.links.flatMap((row) => this.place(row))), 2);
    this.lengths = [];
    for (let at = 0; at < data.links.length; at += 2) {
      const [one, other] = [this.place(data.links[at]), this.place(data.links[at + 1])];
      this.lengths.push(Math.hypot(one[0] - other[0], one[1] - other[1]));
    }
    this.readColours();
  }

  layer(name) {
    const canvas = document.createElement("canvas");
    canvas.className = name;
    canvas.setAttribute("aria-hidden", "true");
    this.frame.append(canvas);
    return canvas;
  }

  place(row) { return [this.data.places[2 * row], this.data.places[2 * row + 1]]; }

  title(row) { return this.data.titles[row] ?? this.data.names[row]; }

  radius(row) {
    return ((2.5 + 16 * Math.sqrt(this.data.cited[row] / this.most)) * this.growth() + 2) / 2;
  }

  growth() { return Math.min(3, Math.sqrt(this.view.zoom)) * Math.min(1, this.width / 700 + 0.3); }

  readColours() {
    const style = getComputedStyle(document.documentElement);
    const read = (name) => style.getPropertyValue(name).trim();
    const rgb = (name) => [1, 3, 5].map((at) => parseInt(read(name).slice(at, at + 2), 16) / 255);
    this.look = { ink: read("--ink"), ground: read("--surface"), accent: read("--accent"), focus: read("--focus") };
    this.ages = [0, 1, 2, 3, 4].map((age) => rgb(`--age-${age}`));
    this.undated = rgb("--surface");
    this.rim = rgb("--line-strong");
    this.edge = rgb("--edge");
    this.near = rgb("--accent");
    this.painter.load("linkColours", new Float32Array(this.lengths.flatMap((length) => {
      const shade = [...this.edge, Math.max(0.12, Math.min(1, 0.03 / length))]; // long ones are faint
      return [...shade, ...shade];
    })), 4);
    this.colour();
  }

  colour() {
    const left = this.found && new Set(this.found);
    const values = this.data.ages.flatMap((age, row) =>
      [...(age === null ? this.undated : this.ages[age]), !left || left.has(row) ? 1 : 0.1]);
    this.painter.load("colours", new Float32Array(values), 4);
    this.draw();
  }

  fit() {
    const box = this.frame.getBoundingClientRect();
    const ratio = Math.min(devicePixelRatio || 1, 2);
    Object.assign(this, { width: box.width, height: box.height, ratio });
    for (const canvas of [this.canvas, this.names.canvas]) {
      canvas.width = Math.round(box.width * ratio);
      canvas.height = Math.round(box.height * ratio);
    }
    this.draw();
  }

  // pixels of the frame for one unit of the map, each way; the map fills the frame
  unit() { return [(this.width - 64) * this.view.zoom, (this.height - 64) * this.view.zoom]; }

  onScreen(row) {
    const [x, y] = this.place(row), [ux, uy] = this.unit();
    return [(x - this.view.x) * ux + this.width / 2, (y - this.view.y) * uy + this.height / 2];
  }

  draw() {
    if (!this.width || this.waiting) return;
    this.waiting = requestAnimationFrame(() => { this.waiting = 0; this.paint(); });
  }

  paint() {
    const { gl } = this.painter, { x, y, zoom } = this.view, [ux, uy] = this.unit();
    gl.viewport(0, 0, this.canvas.width, this.canvas.height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.uniform2f(this.painter.at("centre"), x, y);
    gl.uniform2f(this.painter.at("scale"), (2 * ux) / this.width, (-2 * uy) / this.height);
    gl.uniform1f(this.painter.at("ratio"), this.ratio);
    gl.uniform1f(this.painter.at("zoom"), this.growth());
    gl.uniform4f(this.painter.at("rim"), ...this.rim, 0.8);
    const thin = Math.min(0.9, 0.4 + 0.04 * zoom + 100 / this.count); // many lines are drawn fainter
    this.painter.lines("links", "linkColours", this.found ? 0.25 : thin);
    if (this.chosen !== null) this.painter.lines("near", [...this.near, 1], 0.9);
    this.painter.spots();
    this.writeNames();
  }

  inView() {
    const shown = this.order.filter((row) => {
      const [x, y] = this.onScreen(row);
      return x > 0 && y > 0 && x < this.width && y < this.height;
    });
    if (!this.found) return shown;
    const left = new Set(this.found);
    return shown.filter((row) => left.has(row));
  }

  writeNames() {
    const pen = this.names, taken = [];
    pen.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    pen.clearRect(0, 0, this.width, this.height);
    pen.textAlign = "center";
    pen.lineJoin = "round";
    const most = Math.round(NAMED * Math.min(1, this.width / 800 + 0.15));
    for (const row of this.found?.slice(0, RINGED) ?? []) {
      this.ring(...this.onScreen(row), this.radius(row) + 2, this.look.accent, 2);
    }
    const rows = this.chosen === null ? this.inView() : [this.chosen, ...this.inView()];
    const family = getComputedStyle(document.body).fontFamily;
    for (const row of rows) {
      if (taken.length >= most) break;
      const isChosen = row === this.chosen, name = this.data.names[row];
      const text = short(name, isChosen ? 44 : 26);
      pen.font = `${isChosen ? 600 : 500} ${isChosen ? 14 : 12}px ${family}`;
      const [x, y] = this.onScreen(row), half = pen.measureText(text).width / 2 + 4;
      const at = Math.min(Math.max(x, half), this.width - half);
      const down = y + this.radius(row) + 13;
      if (taken.some(([a, b, w]) => Math.abs(b - down) < 16 && Math.abs(a - at) < w + half)) continue;
      taken.push([at, down, half]);
      if (isChosen) this.ring(x, y, this.radius(row) + 3, this.look.focus, 3);
      pen.strokeStyle = this.look.ground;
      pen.lineWidth = 3.5;
      pen.strokeText(text, at, down);
      pen.fillStyle = this.look.ink;
      pen.fillText(text, at, down);
    }
  }

  ring(x, y, radius, colour, width) {
    this.names.beginPath();
    this.names.arc(x, y, radius, 0, 2 * Math.PI);
    this.names.lineWidth = width;
    this.names.strokeStyle = colour;
    this.names.stroke();
  }

  // the paper under a place of the frame
  under(x, y) {
    let best = null, least = Infinity;
    for (let row = 0; row < this.count; row += 1) {
      const [a, b] = this.onScreen(row), away = Math.hypot(a - x, b - y) - this.radius(row);
      if (away < least && away < 5) [best, least] = [row, away];
    }
    return best;
  }

  choose(row) {
    if (row === this.chosen) return;
    this.chosen = row;
    const near = [];
    for (let at = 0; row !== null && at < this.data.links.length; at += 2) {
      const ends = [this.data.links[at], this.data.links[at + 1]];
      if (ends.includes(row)) near.push(...ends.flatMap((end) => this.place(end)));
    }
    this.painter.load("near", new Float32Array(near), 2);
    this.frame.classList.toggle("over", row !== null);
    this.draw();
  }

  // the nearest paper to the right, left, above or below
  beside(dx, dy) {
    const from = this.chosen === null ? [this.width / 2, this.height / 2] : this.onScreen(this.chosen);
    let best = this.chosen, least = Infinity;
    for (const row of this.found ?? this.order) {
      if (row === this.chosen) continue;
      const [x, y] = this.onScreen(row), along = (x - from[0]) * dx + (y - from[1]) * dy;
      const across = Math.abs((x - from[0]) * dy) + Math.abs((y - from[1]) * dx);
      if (along > across && along + 2 * across < least) [best, least] = [row, along + 2 * across];
    }
    return best;
  }

  // the reader moves the map: it goes nowhere by itself any more
  halt() {
    cancelAnimationFrame(this.gliding);
    this.gliding = 0;
  }

  move(x, y) {
    this.halt();
    this.go(this.view.x - x / this.unit()[0], this.view.y - y / this.unit()[1], this.view.zoom);
  }

  // come nearer or go back; the place at (x, y) of the frame stays where it is
  scale(by, x = this.width / 2, y = this.height / 2) {
    this.halt();
    const [ux, uy] = this.unit(), zoom = Math.min(Math.max(this.view.zoom * by, 0.7), CLOSEST), share = 1 - this.view.zoom / zoom;
    this.go(this.view.x + ((x - this.width / 2) / ux) * share, this.view.y + ((y - this.height / 2) / uy) * share, zoom);
  }

  go(x, y, zoom) {
    const inside = (value) => Math.min(Math.max(value, 0), 1);
    this.view = { x: inside(x), y: inside(y), zoom };
    this.draw();
    this.onmove?.();
  }

  show(rows) {
    if (!rows.length) return;
    const xs = rows.map((row) => this.place(row)[0]), ys = rows.map((row) => this.place(row)[1]);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const end = { x: (left + right) / 2, y: (top + bottom) / 2, zoom: Math.min(8, 0.85 / Math.max(right - left, bottom - top, 0.05)) };
    this.glide({ ...end, zoom: Math.max(1, end.zoom) });
  }

  glide(end) {
    this.halt();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return this.go(end.x, end.y, end.zoom);
    const from = this.view, began = performance.now();
    const step = (now) => {
      const part = Math.min(1, Math.max(0, (now - began) / 260)), eased = part * (2 - part);
      const mix = (name) => from[name] + (end[name] - from[name]) * eased;
      this.gliding = part < 1 ? requestAnimationFrame(step) : 0;
      this.go(mix("x"), mix("y"), mix("zoom"));
    };
    this.gliding = requestAnimationFrame(step);
  }
}
