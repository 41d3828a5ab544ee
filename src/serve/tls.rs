//! A certificate of one's own, for clients that speak HTTPS alone.

use std::fmt;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// A certificate that nobody else signed, and its key, which is kept to itself.
pub struct Identity {
    /// The certificate, for whoever is to trust it.
    pub certificate_pem: String,
    config: Arc<ServerConfig>,
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity").finish_non_exhaustive()
    }
}

impl Identity {
    /// Makes one for this machine and an address.
    ///
    /// # Errors
    /// No key can be made.
    pub fn make(address: IpAddr) -> io::Result<Self> {
        let mut names = ["localhost", "127.0.0.1", "::1"]
            .map(str::to_owned)
            .to_vec();
        if !names.contains(&address.to_string()) {
            names.push(address.to_string());
        }
        let key = rcgen::KeyPair::generate().map_err(io::Error::other)?;
        let mut wanted = rcgen::CertificateParams::new(names).map_err(io::Error::other)?;
        wanted.distinguished_name = rcgen::DistinguishedName::new();
        wanted
            .distinguished_name
            .push(rcgen::DnType::CommonName, "lifeboat serve");
        wanted.use_authority_key_identifier_extension = true;
        wanted.key_usages = vec![rcgen::KeyUsagePurpose::DigitalSignature];
        wanted.extended_key_usages = vec![rcgen::ExtendedKeyUsagePurpose::ServerAuth];
        let made = wanted.self_signed(&key).map_err(io::Error::other)?;
        let secret = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_no_client_auth()
            .with_single_cert(vec![made.der().clone()], secret)
            .map_err(io::Error::other)?;
        Ok(Self {
            certificate_pem: made.pem(),
            config: Arc::new(config),
        })
    }

    pub(super) fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(Arc::clone(&self.config))
    }
}
