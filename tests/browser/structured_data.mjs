// Google's rules for rich results on a page's JSON-LD: node structured_data.mjs FILE... prints the issues as JSON.
// The validator looks at the types that stand alone; of an article's parts it knows the pictures.
import { readFileSync } from "node:fs";
import Validator from "@adobe/structured-data-validator";
import WebAutoExtractor from "@marbec/web-auto-extractor";

const answers = [];
for (const file of process.argv.slice(2)) {
  const html = readFileSync(file, "utf8");
  const data = new WebAutoExtractor({ addLocation: true, embedSource: ["rdfa", "microdata"] }).parse(html);
  const articles = Object.values(data.jsonld).flat();
  const pictures = articles.flatMap((article) =>
    [article.image ?? []].flat().map((image) => ({ ...image, "@location": article["@location"] })),
  );
  const issues = await new Validator().validate({ ...data, jsonld: { ...data.jsonld, ImageObject: pictures } });
  answers.push({ file, types: Object.keys(data.jsonld), pictures: pictures.length, issues });
}
console.log(JSON.stringify(answers));
