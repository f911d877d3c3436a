// sharp, in its best form (one decode, a pyramid, all encodes at once) or its default form (a pipeline per file).
// node sharp.mjs best|default PHOTO OUT REPEATS WIDTHS FORMATS THREADS
import { createRequire } from "node:module";
import { mkdirSync, writeFileSync } from "node:fs";
import { readFileSync } from "node:fs";
import path from "node:path";

const [form, photo, out, repeats, widthsText, formatsText, threads] = process.argv.slice(2);
const sharp = createRequire(path.join(process.env.SHARP_HOME, "index.js"))("sharp");
const widths = JSON.parse(widthsText).sort((a, b) => b - a);
const formats = JSON.parse(formatsText);
sharp.concurrency(form === "best" ? 1 : Number(threads));
sharp.cache(false);
mkdirSync(out, { recursive: true });
const data = readFileSync(photo);

async function best() {
  const work = [];
  let input = sharp(data).rotate();
  for (const width of widths) {
    const { data: pixels, info } = await input.resize(width).raw().toBuffer({ resolveWithObject: true });
    const raw = { width: info.width, height: info.height, channels: info.channels };
    for (const [name, options] of Object.entries(formats)) {
      work.push(sharp(pixels, { raw }).toFormat(name, options).toBuffer().then((file) => [width, name, file]));
    }
    input = sharp(pixels, { raw });
  }
  return Promise.all(work);
}

async function perFile() {
  const work = [];
  for (const width of widths)
    for (const [name, options] of Object.entries(formats))
      work.push(sharp(data).rotate().resize(width).toFormat(name, options).toBuffer().then((file) => [width, name, file]));
  return Promise.all(work);
}

const seconds = [];
for (let i = 0; i < Number(repeats); i++) {
  const start = process.hrtime.bigint();
  const files = await (form === "best" ? best() : perFile());
  seconds.push(Number(process.hrtime.bigint() - start) / 1e9);
  for (const [width, name, file] of files) writeFileSync(path.join(out, `${width}.${name}`), file);
}
console.log(JSON.stringify(seconds));
