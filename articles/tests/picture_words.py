"""What photographers and agencies write into their files, for tests: IPTC in both forms."""

from struct import pack

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL.PngImagePlugin import PngInfo

from articles.tests.picture_files import file_of, stripes

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:exif="http://ns.adobe.com/exif/1.0/"
  xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
  xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
  xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
  exif:GPSLatitude="40,24.55N" %s>%s</rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def xmp(inside="", attributes=""):
    return (XMP % (attributes, inside)).encode()


def languages(name, **texts):
    """Return a property that is written in several languages; `x_default` stands for all."""
    items = (f'<rdf:li xml:lang="{lang.replace("_", "-")}">{text}</rdf:li>' for lang, text in texts.items())
    return f"<{name}><rdf:Alt>{''.join(items)}</rdf:Alt></{name}>"


def names(name, *people):
    items = (f"<rdf:li>{person}</rdf:li>" for person in people)
    return f"<{name}><rdf:Seq>{''.join(items)}</rdf:Seq></{name}>"


def iim(*rows):
    """Return IPTC's old form: rows of (record, number, bytes)."""
    return b"".join(pack(">BBBH", 0x1C, record, number, len(value)) + value for record, number, value in rows)


def jpeg_with_iim(block):
    """Return a JPEG with `block` in the part that Photoshop keeps it in."""
    resource = b"8BIM" + pack(">HBBI", 0x0404, 0, 0, len(block)) + block + b"\0" * (len(block) % 2)
    payload = b"Photoshop 3.0\0" + resource
    plain = file_of(stripes(64, 48)).read()
    content = plain[:2] + b"\xff\xed" + pack(">H", len(payload) + 2) + payload + plain[2:]
    return SimpleUploadedFile("IMG_0001.jpeg", content)


def file_with_xmp(format, packet):
    """Return a JPEG, PNG or WebP that carries the XMP."""
    if format != "PNG":
        return file_of(stripes(64, 48), format, xmp=packet)
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", packet.decode("utf-8", "surrogateescape"))
    return file_of(stripes(64, 48), "PNG", pnginfo=info)
