/** A recipe as plain text: the title, then ingredients (lines that start with `- `), steps and tags (lines of `#words`), in order. */
export function parseRecipe(text) {
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
  const rest = lines.slice(1);
  return {
    title: lines[0] ?? "",
    ingredients: rest.filter((line) => line.startsWith("- ")).map((line) => line.slice(2)),
    steps: rest.filter((line) => !line.startsWith("- ") && !isTags(line)),
  };
}

function isTags(line) {
  return line.split(/\s+/).every((word) => word.length > 1 && word.startsWith("#"));
}
