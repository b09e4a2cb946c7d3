// Blocks of a story that the editor does not bring: pull quotes, pictures, embeds, and the ids by which
// paragraphs are known. Without JavaScript the body is a plain field of HTML, cleaned all the same.
import { Extension, Node, crel, mergeAttributes, updateAttrsDialog } from "django-prose-editor/editor";

const BLOCKS = [
  "paragraph", "heading", "blockquote", "pullQuote", "bulletList", "orderedList", "storyPicture", "storyEmbed",
];

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

const askForEmbed = updateAttrsDialog(
  {
    address: {
      type: "string",
      title: "Address of the post or video",
      description: "From YouTube, Vimeo, X, Instagram, TikTok, Telegram, SoundCloud or OpenStreetMap.",
      required: true,
    },
    description: {
      type: "string",
      format: "textarea",
      title: "What is to be seen there",
      description: "Everybody reads this first, and many read nothing else. Publication asks for it.",
    },
  },
  { title: "Post or video", submitText: "Put it in" },
);

export const StoryEmbed = Node.create({
  name: "storyEmbed",
  group: "block",
  atom: true,
  draggable: true,
  addOptions() {
    return { check: "" };
  },
  addAttributes() {
    return {
      address: { default: "", parseHTML: (element) => element.dataset.embed, rendered: false },
      description: { default: "", parseHTML: (element) => element.textContent.trim(), rendered: false },
    };
  },
  parseHTML() {
    return [{ tag: "figure[data-embed]" }];
  },
  renderHTML({ node, HTMLAttributes }) {
    const { address, description } = node.attrs;
    return ["figure", mergeAttributes(HTMLAttributes, { "data-embed": address }), ["figcaption", {}, description]];
  },
  addNodeView() {
    return ({ node }) => {
      const { address, description } = node.attrs;
      const name = crel("strong");
      sayWhatStandsAt(address, this.options.check, name);
      const words = crel("span", { textContent: description || "Not described yet" });
      return { dom: crel("figure", { "data-embed": address }, [name, crel("small", { textContent: address }), words]) };
    };
  },
  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "storyEmbed",
      groups: "nodes",
      command: async (editor) => {
        const isOld = editor.isActive("storyEmbed");
        const asked = await askForEmbed(editor, isOld ? editor.getAttributes("storyEmbed") : {});
        if (!asked) return;
        const attrs = { address: addressIn(asked.address), description: asked.description.trim() };
        const chain = editor.chain().focus();
        if (isOld) chain.updateAttributes("storyEmbed", attrs).run();
        else chain.insertContent({ type: "storyEmbed", attrs }).run();
      },
      active: (editor) => editor.isActive("storyEmbed"),
      button: buttons.text("Embed"),
    });
  },
});

// Whoever pastes the code that a site offers means the address within; of X it is not the first there.
function addressIn(text) {
  const onTelegram = text.match(/data-telegram-post="([\w/]+)"/)?.[1];
  if (onTelegram) return `https://t.me/${onTelegram}`;
  return text.match(/https?:\/\/[^\s"'<>]+\/status\/\d+/)?.[0] ?? text.match(/https?:\/\/[^\s"'<>]+/)?.[0] ?? text.trim();
}

async function sayWhatStandsAt(address, check, element) {
  try {
    const answer = await fetch(`${check}?${new URLSearchParams({ address })}`);
    const { name, problem } = await answer.json();
    element.textContent = name || problem;
  } catch {
    element.textContent = "Post or video"; // publication looks at it again
  }
}
