//! cURL's options: their names, which take a value, and what each is about. Those of curl 7.88 (`curl
//! --help all`), and what later versions added.

/// What an option is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// The request itself.
    Request,
    /// What curl prints and keeps in files.
    Shown,
    /// How the server is reached: proxies, addresses, time limits, versions of HTTP.
    Connection,
    /// Whether curl follows redirects.
    Redirects,
    /// Which servers are trusted, and what is agreed with them.
    Trust,
    /// Another way of authenticating than by headers, or a key file.
    Authenticates,
    /// Whether the answer may be compressed.
    Compression,
    /// What changes the request in a way that a saved one cannot say.
    Changes,
    /// Other protocols than HTTP.
    OtherProtocol,
}

/// One option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Its long name, without the dashes.
    pub name: &'static str,
    /// Whether a value follows.
    pub takes_value: bool,
    /// What it is about.
    pub about: About,
}

// An option is written `letter|name=`: the letter where it has one, the sign where it takes a value.
const READ: &str = "
    K|config= b|cookie= d|data= data-ascii= data-binary= data-raw= data-urlencode= F|form=
    form-string= G|get g|globoff I|head H|header= json= :|next oauth2-bearer= r|range=
    e|referer= X|request= T|upload-file= url= url-query= u|user= A|user-agent=
";
const SHOWN: &str = "
    alt-svc= c|cookie-jar= create-dirs create-file-mode= q|disable D|dump-header=
    etag-compare= etag-save= f|fail fail-early fail-with-body h|help hsts= i|include
    j|junk-session-cookies libcurl= M|manual max-filesize= metalink N|no-buffer no-clobber
    no-progress-meter out-null o|output= output-dir= #|progress-bar raw J|remote-header-name
    O|remote-name remote-name-all R|remote-time remove-on-error S|show-error s|silent
    skip-existing stderr= styled-output suppress-connect-headers trace= trace-ascii=
    trace-config= trace-ids trace-time B|use-ascii v|verbose V|version w|write-out= xattr
";
const CONNECTION: &str = "
    abstract-unix-socket= connect-timeout= connect-to= disallow-username-in-url dns-interface=
    dns-ipv4-addr= dns-ipv6-addr= dns-servers= doh-url= expect100-timeout=
    happy-eyeballs-timeout-ms= haproxy-protocol 0|http1.0 http1.1 http2 http2-prior-knowledge
    http3 http3-only interface= ip-tos= ipfs-gateway= 4|ipv4 6|ipv6 keepalive-cnt=
    keepalive-time= limit-rate= local-port= m|max-time= mptcp no-keepalive noproxy= Z|parallel
    parallel-immediate parallel-max= parallel-max-host= preproxy= proto= proto-default=
    x|proxy= proxy-anyauth proxy-basic proxy-digest proxy-header= proxy-http2 proxy-negotiate
    proxy-ntlm proxy-pass= proxy-service-name= proxy1.0= p|proxytunnel rate= resolve= retry=
    retry-all-errors retry-connrefused retry-delay= retry-max-time= socks4= socks4a= socks5=
    socks5-basic socks5-gssapi socks5-gssapi-nec socks5-gssapi-service= socks5-hostname=
    Y|speed-limit= y|speed-time= tcp-fastopen tcp-nodelay unix-socket= upload-flags=
    vlan-priority=
";
const REDIRECTS: &str = "
    follow L|location location-trusted max-redirs= post301 post302 post303 proto-redir=
";
const TRUST: &str = "
    ca-native cacert= capath= cert-status ciphers= crlfile= curves= doh-cert-status
    doh-insecure dump-ca-embed ech= egd-file= false-start hostpubmd5= hostpubsha256=
    k|insecure knownhosts= no-alpn no-npn no-sessionid pinnedpubkey= proxy-ca-native
    proxy-cacert= proxy-capath= proxy-cert= proxy-cert-type= proxy-ciphers= proxy-crlfile=
    proxy-insecure proxy-key= proxy-key-type= proxy-pinnedpubkey= proxy-ssl-allow-beast
    proxy-ssl-auto-client-cert proxy-tls13-ciphers= proxy-tlsauthtype= proxy-tlspassword=
    proxy-tlsuser= proxy-tlsv1 random-file= sigalgs= ssl ssl-allow-beast ssl-auto-client-cert
    ssl-no-revoke ssl-reqd ssl-revoke-best-effort 2|sslv2 3|sslv3 tls-earlydata tls-max=
    tls13-ciphers= 1|tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3
";
const AUTHENTICATES: &str = "
    anyauth aws-sigv4= basic E|cert= cert-type= delegation= digest engine= key= key-type= krb=
    login-options= negotiate n|netrc netrc-file= netrc-optional ntlm ntlm-wb pass=
    U|proxy-user= pubkey= sasl-authzid= sasl-ir service-name= tlsauthtype= tlspassword=
    tlsuser=
";
const COMPRESSION: &str = "
    compressed compressed-ssh tr-encoding
";
const CHANGES: &str = "
    C|continue-at= expand-data= form-escape http0.9 ignore-content-length path-as-is
    request-target= z|time-cond= variable=
";
const OTHER_PROTOCOL: &str = "
    a|append crlf disable-eprt disable-epsv ftp-account= ftp-alternative-to-user=
    ftp-create-dirs ftp-method= ftp-pasv P|ftp-port= ftp-pret ftp-skip-pasv-ip ftp-ssl-ccc
    ftp-ssl-ccc-mode= ftp-ssl-control l|list-only mail-auth= mail-from= mail-rcpt=
    mail-rcpt-allowfails Q|quote= t|telnet-option= tftp-blksize= tftp-no-options
";

const TABLES: [(About, &str); 9] = [
    (About::Request, READ),
    (About::Shown, SHOWN),
    (About::Connection, CONNECTION),
    (About::Redirects, REDIRECTS),
    (About::Trust, TRUST),
    (About::Authenticates, AUTHENTICATES),
    (About::Compression, COMPRESSION),
    (About::Changes, CHANGES),
    (About::OtherProtocol, OTHER_PROTOCOL),
];

/// All of them, each with its letter.
fn all() -> impl Iterator<Item = (Option<char>, Known)> {
    TABLES.into_iter().flat_map(|(about, table)| {
        table.split_whitespace().map(move |entry| {
            let (letter, entry) = match entry.split_once('|') {
                Some((letter, rest)) => (letter.chars().next(), rest),
                None => (None, entry),
            };
            let name = entry.strip_suffix('=').unwrap_or(entry);
            (letter, Known { name, takes_value: name.len() < entry.len(), about })
        })
    })
}

/// The option of a letter.
pub(super) fn by_letter(letter: char) -> Option<Known> {
    all().find(|(known, _)| *known == Some(letter)).map(|(_, option)| option)
}

/// The option of a long name; curl takes each flag with `no-` before it, and a name's beginning where
/// only one begins like it.
pub(super) fn by_name(name: &str) -> Option<Known> {
    let exactly = |name: &str| all().map(|(_, option)| option).find(|one| one.name == name);
    if let Some(option) = exactly(name) {
        return Some(option);
    }
    let other = name.strip_prefix("no-").map_or_else(|| format!("no-{name}"), str::to_owned);
    if let Some(option) = exactly(&other).filter(|option| !option.takes_value) {
        // What is switched off is not asked for.
        return Some(Known { about: About::Shown, ..option });
    }
    let mut begin = all().map(|(_, option)| option).filter(|one| one.name.starts_with(name));
    match (begin.next(), begin.next()) {
        (Some(option), None) if name.len() > 1 => Some(option),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_found_by_letter_name_and_beginning() {
        assert_eq!(by_letter('X').unwrap().name, "request");
        assert!(by_letter('X').unwrap().takes_value && !by_letter('k').unwrap().takes_value);
        assert_eq!(by_name("max-time").unwrap().about, About::Connection);
        assert_eq!(by_name("compr"), None, "two begin like that");
        assert_eq!(by_name("user-ag").unwrap().name, "user-agent");
        assert_eq!(by_name("no-location").unwrap().about, About::Shown);
        assert_eq!(by_name("never-heard-of"), None);
    }

    #[test]
    fn no_option_stands_in_the_tables_twice() {
        let mut names: Vec<_> = all().map(|(_, option)| option.name).collect();
        let mut letters: Vec<_> = all().filter_map(|(letter, _)| letter).collect();
        let counts = (names.len(), letters.len());
        names.sort_unstable();
        names.dedup();
        letters.sort_unstable();
        letters.dedup();
        assert_eq!((names.len(), letters.len()), counts);
    }
}
