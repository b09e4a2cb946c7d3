// Shows a button that installs the site, where the browser offers to. Without this script, and in browsers that do
// not offer it, the page says by which menu it is done.
const button = document.querySelector("[data-install]");

addEventListener("beforeinstallprompt", (offer) => {
  offer.preventDefault(); // no banner of the browser's own: the button asks
  button.hidden = false;
  button.onclick = async () => {
    await offer.prompt();
    button.hidden = true; // an offer can be taken or turned down once
  };
});
