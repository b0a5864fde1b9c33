/**
 * A rule for ESLint: which folders of static/js a folder's files may import from. Imports of types, in comments, count
 * as imports: a wing that needs another's types depends on it.
 */
import { dirname, relative, resolve, sep } from "node:path";

const TYPE_IMPORT = /@import\s[^;]*?from\s*"(\.[^"]+)"|\bimport\("(\.[^"]+)"\)/g;

/** @type {import("eslint").Rule.RuleModule} */
export const wings = {
  meta: {
    type: "problem",
    schema: [{ type: "object" }],
    messages: { upwards: "{{from}} may not import from {{to}}: {{path}}" },
  },

  create(context) {
    const { root, mayImport, apart, never } = context.options[0];
    const foldersOf = (/** @type {string} */ file) => relative(root, file).split(sep).slice(0, -1);
    const [from = "", part = ""] = foldersOf(context.filename);

    /** Whether a file of this part of a wing may import from a part of the same wing. @param {string} other */
    const mayReach = (other) =>
      part === other || !(apart.includes(from) || never.includes(`${from}/${part} -> ${from}/${other}`));

    /** @param {unknown} path @param {import("eslint").Rule.ReportDescriptorLocation} place */
    function check(path, place) {
      if (typeof path !== "string" || !path.startsWith(".")) return;
      const [to = "", other = ""] = foldersOf(resolve(dirname(context.filename), path));
      if (to === from ? mayReach(other) : mayImport[from]?.includes(to)) return;
      const data = { from: [from, part].join("/"), to: [to, other].join("/"), path };
      context.report({ ...place, messageId: "upwards", data });
    }

    return {
      ImportDeclaration: (node) => check(node.source.value, { node }),
      ExportNamedDeclaration: (node) => node.source && check(node.source.value, { node }),
      ImportExpression: (node) => node.source.type === "Literal" && check(node.source.value, { node }),
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          for (const [, named, inline] of comment.value.matchAll(TYPE_IMPORT)) {
            check(named ?? inline, { loc: /** @type {import("estree").SourceLocation} */ (comment.loc) });
          }
        }
      },
    };
  },
};
