/** True where every tag is closed in order, every attribute quoted and every sign escaped; or the offence. */
export function wellFormed(page: string): true | string {
  const text = page.replace("<!doctype html>", "").replace(/<style>.*?<\/style>/s, "");
  const open: string[] = [];
  const rest = text.replace(
    /<(\/?)([a-z]\w*)((?:\s+[\w-]+="[^"<>]*")*)\s*(\/?)>/gi,
    (tag, end, name: string, _, void_) => {
      if (void_ === "/") return "";
      if (end !== "/") open.push(name);
      else if (open.pop() !== name) open.push(`unexpected ${tag}`, name);
      return "";
    },
  );
  if (open.length > 0) return open.join(" ");
  const stray = /[<>]|&(?!(?:amp|lt|gt|quot|#39);)/.exec(rest);
  return stray === null || rest.slice(stray.index, stray.index + 60);
}
