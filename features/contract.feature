@smoke
Feature: Orders are priced
  Other teams build on these answers. What is right, what is refused and what says who answered
  must be the same in every stage.

  Scenario: An order is priced to the cent
    When a customer in DE asks for the price of 2 x MUG-RED at 12.50
    Then the goods cost 25.00, the tax is 4.75, the shipping is 4.90
    And the total is 34.65

  Scenario Outline: An order that makes no sense is refused
    When a customer asks for the price of an order with <mistake>
    Then the order is refused as invalid
    And the refusal names <place>

    Examples:
      | mistake               | place                 |
      | no lines              | body.lines            |
      | a quantity of zero    | body.lines.0.quantity |
      | a price in words      | body.lines.0.unit_price_cents |
      | a country without tariff | body.country       |
      | a field nobody knows  | body.discount         |

  Scenario: The service says which image and commit it is
    When the service is asked what it is
    Then it names the image digest that its replicas run
    And it names the commit that it was deployed from
