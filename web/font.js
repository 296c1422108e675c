/**
 * Settles once the editor's font is there, or after half a second: a font that does not come must not keep the page
 * from opening.
 *
 * Monaco measures the width of a letter once, when an editor is made. With the font still under way, the cursor would
 * stand beside the text ever after. This module is imported first, so that the font loads while the others are run.
 */
export const editorFont = Promise.race([
  document.fonts.load('15px "Fira Code"'),
  new Promise((resolve) => setTimeout(resolve, 500)),
]);
