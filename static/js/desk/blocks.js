// Blocks of a story that the editor does not bring: pull quotes, pictures, and the ids by which
// paragraphs are known. Without JavaScript the body is a plain field of HTML, cleaned all the same.
import { Extension, Node, crel, mergeAttributes } from "django-prose-editor/editor";

const BLOCKS = ["paragraph", "heading", "blockquote", "pullQuote", "bulletList", "orderedList", "storyPicture"];

// A paragraph that is split keeps its id above the cut.
export const BlockId = Extension.create({
  name: "blockId",
  onCreate({ editor }) {
    const field = editor.view.dom.closest(".prose-editor")?.querySelector(":scope > textarea");
    editor.view.dom.setAttribute("aria-label", field?.labels[0]?.textContent.replace(":", "") ?? "Text");
  },
  addGlobalAttributes() {
    return [{ types: BLOCKS, attributes: { id: { default: null, keepOnSplit: false } } }];
  },
});

export const PullQuote = Node.create({
  name: "pullQuote",
  group: "block",
  content: "paragraph+",
  defining: true,
  priority: 110, // asked before the plain quote
  parseHTML() {
    return [{ tag: "blockquote.pull-quote", priority: 60 }];
  },
  renderHTML({ HTMLAttributes }) {
    return ["blockquote", mergeAttributes(HTMLAttributes, { class: "pull-quote" }), 0];
  },
  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "pullQuote",
      groups: "nodes",
      command: (editor) => editor.chain().focus().toggleWrap("pullQuote").run(),
      active: (editor) => editor.isActive("pullQuote"),
      button: buttons.text("Pull quote"),
    });
  },
});

export const StoryPicture = Node.create({
  name: "storyPicture",
  group: "block",
  atom: true,
  draggable: true,
  addOptions() {
    return { choices: "", thumbnails: "" };
  },
  addAttributes() {
    return {
      token: {
        default: null,
        parseHTML: (element) => element.dataset.picture,
        renderHTML: ({ token }) => ({ "data-picture": token }),
      },
    };
  },
  parseHTML() {
    return [{ tag: "figure[data-picture]" }];
  },
  renderHTML({ HTMLAttributes }) {
    return ["figure", HTMLAttributes];
  },
  addNodeView() {
    return ({ node }) => {
      const src = this.options.thumbnails.replace("TOKEN", encodeURIComponent(node.attrs.token));
      return { dom: crel("figure", { "data-picture": node.attrs.token }, [crel("img", { src, alt: "Picture" })]) };
    };
  },
  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "storyPicture",
      groups: "nodes",
      command: async (editor) => {
        const token = await choosePicture(this.options.choices);
        if (token) {
          editor.chain().focus().insertContent({ type: "storyPicture", attrs: { token } }).run();
        }
      },
      button: buttons.text("Picture"),
    });
  },
});

async function choosePicture(address) {
  const { pictures } = await (await fetch(address)).json();
  const choices = pictures.map(({ token, label, thumbnail }) =>
    crel("li", {}, [
      crel("button", { value: token }, [crel("img", { src: thumbnail, alt: "" }), crel("span", { textContent: label })]),
    ]),
  );
  const cancel = crel("button", { value: "", className: "button", textContent: "Cancel" });
  const dialog = crel("dialog", { className: "desk-pictures", "aria-label": "Choose a picture" }, [
    crel("form", { method: "dialog" }, [crel("h2", { textContent: "The newest pictures" }), crel("ul", {}, choices), cancel]),
  ]);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
  });
}
