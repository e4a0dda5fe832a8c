"""Makes the certificates of this folder (needs the `cryptography` package)."""
import datetime as d
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization as s
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

def name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

def pem(file, thing):
    open(file, "wb").write(thing)

def issue(subject, key, begin, end, extension, critical):
    return (x509.CertificateBuilder().subject_name(name(subject)).issuer_name(name("Landfall test authority"))
            .public_key(key.public_key()).serial_number(x509.random_serial_number())
            .not_valid_before(d.datetime(begin, 1, 1)).not_valid_after(d.datetime(end, 1, 1))
            .add_extension(extension, critical=critical).sign(authority, hashes.SHA256())
            .public_bytes(s.Encoding.PEM))

authority, server = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
names = x509.SubjectAlternativeName([x509.DNSName("localhost")])
others = x509.SubjectAlternativeName([x509.DNSName("other.example.com")])
pem("authority.pem", issue("Landfall test authority", authority, 2020, 2126, x509.BasicConstraints(True, None), True))
pem("good.pem", issue("localhost", server, 2020, 2126, names, False))
pem("expired.pem", issue("localhost", server, 2000, 2001, names, False))
pem("other-name.pem", issue("other.example.com", server, 2020, 2126, others, False))
pem("server.key.pem", server.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption()))
