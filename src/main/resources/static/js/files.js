/** A file's content as a data URL. */
export function dataUrl(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

/** A file's content as base64. */
export async function base64(file) {
  const url = await dataUrl(file);
  return url.slice(url.indexOf(",") + 1);
}
