// Prints what the parser holds against an AsyncAPI document, one object a line; run by test_asyncapi.py.
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');

const [modules, document] = process.argv.slice(2);
const { Parser } = createRequire(`${modules}/`)('@asyncapi/parser');

new Parser().parse(readFileSync(document, 'utf8')).then(({ diagnostics }) => {
  for (const { severity, code, path, message } of diagnostics) {
    console.log(JSON.stringify({ severity, code, path: path.join('/'), message }));
  }
});
