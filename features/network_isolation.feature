Feature: The service talks to nobody it need not talk to
  One broken pod must not be a way to the next.

  Scenario: A client of the service is let in
    When a client pod of the same namespace calls the service
    Then it is answered

  Scenario Outline: <stranger> is kept out
    When <stranger> calls the service
    Then it gets no connection, neither by the service's name nor by a replica's address

    Examples:
      | stranger                                 |
      | a pod of the same namespace that is no client |
      | a client pod of another namespace        |

  Scenario Outline: The service cannot reach <place>
    When a replica calls <place>
    Then it gets no connection
    But a pod to which no rule applies does

    Examples:
      | place                      |
      | a pod of another namespace |
      | the API of the cluster     |

  Scenario: The service cannot reach the address that hands out a machine's credentials
    When a replica calls the metadata address
    Then it gets no connection

  Scenario: The service can look up names
    When a replica looks up kubernetes.default.svc.cluster.local
    Then it gets an address
